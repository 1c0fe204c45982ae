# Compares what the kernel has mounted for a sandbox, while bubblewrap waits before it starts the program, with what was judged.
#
# Arguments: CHILD CALLER LIST, and five for each mount in order: KIND ACCESS LINE SOURCE TARGET. CHILD is the process that
# waits, CALLER the one without which nobody does, LIST is yes or empty. Where CHILD is `-`, standard input says it, in one line
# before its end, with the numbers of those denials of kind deny-if-NUMBER that are asked for. Kinds: bind and bind-try (it is the
# object to which SOURCE, a path of the host without symlinks, leads), any and any-try (whatever the source is), own (no file
# system of the host), dev (own, with device nodes of the host), read-only (the mount at TARGET is), symlink (its text is SOURCE),
# raw (what else is mounted is not known), deny, except, layer and open (see attest-denied.awk), start (see attest-start.awk).
#
# Prints ok, gone, refused (something else is mounted) or denied (for another reason), these two with a line and a reason, each behind a
# tab; with LIST, a second line: the mounts as JSON.
# What the columns of mountinfo are, proc_pid_mountinfo(5) says.
BEGIN {
  child = ARGV[1]
  caller = ARGV[2]
  list = ARGV[3]
  last = 0
  for (i = 4; i + 4 < ARGC; i += 5) {
    last++
    kind[last] = ARGV[i]
    access[last] = ARGV[i + 1]
    said[last] = ARGV[i + 2]
    source[last] = kind[last] == "symlink" ? ARGV[i + 3] : escaped(plain(ARGV[i + 3]))
    target[last] = escaped(plain(ARGV[i + 4]))
    if (target[last] == "/" && kind[last] != "start") {
      over_root = 1
    }
    if (kind[last] == "raw") {
      raw = last
    }
    if (kind[last] ~ /^deny/) {
      denies = 1
    }
  }
  if (child == "-") {
    hear()
  }
  read_host()
  if (host_top == "") {
    print "denied\t\tthe mount table of this host cannot be read"
    exit
  }
  wait_until_ready()
  compare()
  if (refused != "") {
    # Perhaps what may be missing is there, at another place than its name.
    all_placed = 1
    refused = ""
    # And bubblewrap may have had the host mount something, where it mounts on demand.
    read_host()
    compare()
  }
  if (refused != "") {
    # Until then nothing tells a sandbox that shows the whole host from a bubblewrap that has not begun, nor does it within another
    # sandbox.
    for (tries = 0; tries < (over_root ? 100 : 10) && refused != ""; tries++) {
      pause("0.02")
      refused = ""
      # A bubblewrap that has failed meanwhile has said why.
      if (!read_child() && !lives(child)) {
        print "gone"
        exit
      }
      compare()
    }
  }
  if (refused == "") {
    compare_denied()
  }
  if (refused == "") {
    compare_starts()
  }
  print refused == "" ? "ok" : (breaks ? "denied\t" : "refused\t") refused
  if (list) {
    printf "["
    for (i = 1; i <= mounts; i++) {
      printf "%s{\"mount\":\"%s\",\"object\":\"%s\",\"mode\":\"%s\"}", (i > 1 ? "," : ""), json(point[i]), \
        json(device[i] in is_host ? shown(device[i], root[i]) : type[i]), is_read_only(i) ? "ro" : "rw"
    }
    print "]"
  }
  exit
}
# Who has started us does so while bubblewrap starts, and closes the pipe without a word where nobody waits.
function hear(    line, r) {
  line = ""
  getline line <"/proc/self/fd/0"
  child = line
  sub(/ .*/, "", child)
  if (child == "") {
    exit
  }
  for (r = 1; r <= last; r++) {
    if (kind[r] ~ /^deny-if-/) {
      kind[r] = index(line " ", " " substr(kind[r], 9) " ") ? "deny" : "deny-not"
    }
  }
}
function json(text,    out, n, c) {
  if (text !~ /[\\"\001-\037\177]/) {
    return text
  }
  out = ""
  for (n = 1; n <= length(text); n++) {
    c = substr(text, n, 1)
    if (c == "\\") {
      c = substr(text, n + 1, 3)
      n += 3
      c = c == "040" ? " " : c == "011" ? "\\t" : c == "012" ? "\\n" : "\\\\"
    } else if (c == "\"") {
      c = "\\\""
    } else if (c ~ /[\001-\037\177]/) {
      c = "?"
    }
    out = out c
  }
  return out
}

# A path as mountinfo has it, in which a blank, a tab, a line break and a backslash are octal.
function escaped(path,    text, n, c) {
  if (path !~ /[ \t\n\\]/) {
    return path
  }
  text = ""
  for (n = 1; n <= length(path); n++) {
    c = substr(path, n, 1)
    text = text (c == " " ? "\\040" : c == "\t" ? "\\011" : c == "\n" ? "\\012" : c == "\\" ? "\\134" : c)
  }
  return text
}
function plain(path) {
  while (path ~ /\/\/|\/\.\//) {
    gsub(/\/+/, "/", path)
    gsub(/\/\.\//, "/", path)
  }
  sub(/\/\.$/, "/", path)
  if (path != "/") {
    sub(/\/$/, "", path)
  }
  return path
}
function lies_in(path, parent) {
  return parent == "/" || path == parent || index(path, parent "/") == 1
}
function joined(path, rest) {
  if (rest == "" || rest == "/") {
    return path
  }
  return path == "/" ? rest : path rest
}
# What is behind a parent in a path: nothing, or it starts with a slash.
function behind(path, parent) {
  return parent == "/" ? (path == "/" ? "" : path) : substr(path, length(parent) + 1)
}

# The host's mounts, as bubblewrap found them.
function read_host(    line, f, n) {
  delete above
  delete host_point
  delete host_parent
  while ((getline line <"/proc/self/mountinfo") > 0) {
    split(line, f, " ")
    host_device[f[1]] = f[3]
    host_root[f[1]] = f[4]
    host_point[f[1]] = f[5]
    host_parent[f[1]] = f[2]
    if (denies) {
      for (n = 7; f[n] != "-"; n++) {
      }
      host_type[f[1]] = f[n + 1]
    }
    above[f[2]] = above[f[2]] " " f[1]
    is_host[f[3]] = 1
    is_known[f[5] "\t" f[3] "\t" f[4]] = 1
    is_object[f[3] "\t" f[4]] = 1
  }
  close("/proc/self/mountinfo")
  for (line in host_point) {
    if (host_point[line] == "/" && !(host_parent[line] in host_point)) {
      host_top = line
    }
  }
}
# The object to which a path leads: the device and the path in it. A mount hides those that were below its mount point.
function object(path,    at, best, found, n, count) {
  at = host_top
  do {
    best = ""
    count = split(above[at], found, " ")
    for (n = 1; n <= count; n++) {
      if (lies_in(path, host_point[found[n]]) && (best == "" || length(host_point[found[n]]) < length(host_point[best]))) {
        best = found[n]
      }
    }
    if (best != "") {
      at = best
    }
  } while (best != "")
  return host_device[at] "\t" joined(host_root[at], behind(path, host_point[at]))
}
# An object as a path of the host, where it has one.
function shown(a_device, a_root,    id, best) {
  best = ""
  for (id in host_point) {
    if (host_device[id] == a_device && lies_in(a_root, host_root[id]) && (best == "" || length(host_root[id]) > length(host_root[best]))) {
      best = id
    }
  }
  return best == "" ? a_device ":" a_root : joined(host_point[best], behind(a_root, host_root[best]))
}

# The sandbox's mounts.
function read_child(    file, line, f, n, read) {
  file = "/proc/" child "/mountinfo"
  mounts = 0
  ready = over_root
  roots = 0
  delete top
  delete by_id
  while ((read = (getline line <file)) > 0) {
    mounts++
    n = split(line, f, " ")
    id[mounts] = f[1]
    parent[mounts] = f[2]
    device[mounts] = f[3]
    root[mounts] = f[4]
    point[mounts] = f[5]
    options[mounts] = f[6]
    for (n = 7; f[n] != "-"; n++) {
    }
    type[mounts] = f[n + 1]
    by_id[f[1]] = mounts
    # bubblewrap makes the root of a sandbox in a directory of this name, on a tmpfs, and takes what was the root away last.
    if (f[5] == "/" && ++roots && f[4] == "/newroot" && type[mounts] == "tmpfs") {
      ready = 1
    }
    if (!(f[5] in top) || id[top[f[5]]] == f[2] || parent[top[f[5]]] != f[1]) {
      top[f[5]] = mounts
    }
  }
  close(file)
  # There is a moment at which the process has a root from which nothing is reached: then the file is empty.
  ready = ready && roots == 1
  return read == 0
}
# A whole table is long to read again and again, and who reads it holds up who mounts. Where the kernel tells us what the process
# is doing (Yama may forbid it), it waits for us when it reads a single byte; else its first mount is no root of a sandbox until
# it has left the host's.
function wait_a_little(    file, line, looks, read, f) {
  file = "/proc/" child "/syscall"
  for (looks = 0; looks < 2000; looks++) {
    line = ""
    read = (getline line <file)
    close(file)
    if (read < 0) {
      break
    }
    split(line, f, " ")
    if (f[4] == "0x1") {
      return
    }
  }
  file = "/proc/" child "/mountinfo"
  for (looks = 0; looks < 400 && !over_root; looks++) {
    line = ""
    read = (getline line <file)
    close(file)
    if (read < 0 || line ~ /^[^ ]+ [^ ]+ [^ ]+ \/newroot \/ /) {
      return
    }
  }
}
function wait_until_ready(    tries, unread) {
  unread = 0
  wait_a_little()
  tries = over_root ? 0 : 97
  while (1) {
    if (!read_child()) {
      # One that is ending has lost its mounts before it is seen to have ended.
      if (lives(child) && ++unread < 100) {
        pause("0.02")
        continue
      }
      print unread < 100 ? "gone" : "denied\t\tthe mount table of the sandbox cannot be read"
      exit
    }
    if (ready && !(over_root && is_the_hosts())) {
      return
    }
    if (++tries > 100 || (ready && tries > 20)) {
      pause(tries > 200 ? "0.02" : "0.002")
    }
    if (ready && tries > 25) {
      return
    }
  }
}
# A process that has ended and that nobody has seen off yet is in state Z.
function lives(process,    file, line) {
  file = "/proc/" process "/stat"
  line = ""
  getline line <file
  close(file)
  sub(/^.*\) /, "", line)
  return line != "" && line !~ /^[ZX]/
}
# Where no process can be started for it, there is no pause.
function pause(seconds) {
  system("exec sleep " seconds)
  if (!lives(caller)) {
    print "gone"
    exit
  }
}
# Whether the table is the host's own: then bubblewrap has hardly begun, or shows all of it.
function is_the_hosts(    i) {
  for (i = 1; i <= mounts; i++) {
    if (!((point[i] "\t" device[i] "\t" root[i]) in is_known) || options[i] ~ /(^|,)nosuid(,|$)/) {
      return 0
    }
  }
  return 1
}

function refuse(record, reason) {
  if (refused == "") {
    refused = said[record] "\t" reason
  }
}
function is_mount(record) {
  return kind[record] !~ /^(read-only|symlink|raw|layer|deny|deny-not|except|open|start)$/
}
function is_read_only(i) {
  return options[i] ~ /^ro(,|$)/
}
# What is wrong with a mount for one that was asked for, or nothing.
function problem(record, i,    is) {
  is = kind[record]
  if (is == "own" || is == "dev") {
    if (device[i] in is_host && type[i] !~ /^(proc|mqueue)$/) {
      return point[i] " shows " shown(device[i], root[i]) " of the host"
    }
  }
  if (is ~ /^bind/ && device[i] "\t" root[i] != object(source[record])) {
    return point[i] " shows " shown(device[i], root[i]) ", and what was judged is " source[record]
  }
  return access[record] == "ro" && !is_read_only(i) ? point[i] " is writable" : ""
}
function compare(    r, i, place, why) {
  delete strict
  delete met
  delete wrong
  delete record_at
  for (r = 1; r <= last; r++) {
    if (!is_mount(r)) {
      continue
    }
    place = placed(r)
    if (kind[r] !~ /-try$/) {
      strict[place] = r
      met[place] = ""
    }
    record_at[place] = r
    if (place in top) {
      # What nobody has looked into may lie over it.
      why = r < raw ? "" : problem(r, top[place])
      if (why == "") {
        met[place] = r
      } else {
        if (kind[r] !~ /-try$/) {
          met[place] = ""
        }
        wrong[place] = why
      }
    }
  }
  for (place in record_at) {
    if (place in top && !met[place]) {
      refuse(record_at[place], wrong[place])
    } else if (!(place in top) && place in strict) {
      refuse(strict[place], "nothing is mounted at " place)
    }
  }
  for (r = 1; r <= last; r++) {
    if (kind[r] == "read-only" && record_at[placed(r)] < r && !(placed(r) in top && is_read_only(top[placed(r)]))) {
      refuse(r, target[r] " is not read-only")
    }
  }
  for (i = 1; i <= mounts && !raw; i++) {
    if (!(point[i] in record_at)) {
      compare_below(i)
    }
  }
}
# A mount that no line asks for by its place: it came with one below which it lies.
function compare_below(i,    at, r, rest) {
  if (root[i] == "/newroot" && point[i] == "/" && !(device[i] in is_host)) {
    return
  }
  at = i
  do {
    at = parent[at] in by_id ? by_id[parent[at]] : 0
    r = at ? record_of(at) : 0
  } while (at && !r)
  if (!r) {
    refuse(0, "a mount that nothing asks for is at " point[i] ": " shown(device[i], root[i]))
    return
  }
  rest = behind(point[i], point[at])
  if (kind[r] == "own" || kind[r] == "dev") {
    # Parts of a procfs that bubblewrap makes read-only, or devices of the host.
    if (device[i] == device[at] || (kind[r] == "dev" && is_device(i, rest))) {
      return
    }
  } else if (access[r] == "ro" && !is_read_only(i) && top[point[i]] == i) {
    # bubblewrap makes the one read-only that is seen there.
    refuse(r, point[i] " is writable")
    return
  } else if (kind[r] ~ /^bind/ ? (joined(source[r], rest) "\t" device[i] "\t" root[i]) in is_known : (device[i] "\t" root[i]) in is_object) {
    return
  }
  refuse(r, "a mount that nothing asks for is at " point[i] ": " shown(device[i], root[i]))
}
# The line that asks for a mount, which another may cover.
function record_of(i,    r) {
  if (!(point[i] in record_at)) {
    return 0
  }
  for (r = last; r > 0; r--) {
    if (is_mount(r) && placed(r) == point[i] && problem(r, i) == "") {
      return r
    }
  }
  return 0
}
function is_device(i, rest) {
  if (rest ~ /^\/(pts|console)$/) {
    return type[i] == "devpts"
  }
  return rest ~ /^\/(null|zero|full|random|urandom|tty)$/ && device[i] "\t" root[i] == object("/dev" rest)
}

# Where the kernel has a mount point: its name, unless symlinks that the plan makes, or that the host has in what is bound
# read-only, lead there.
function placed(record,    place) {
  place = target[record]
  if (place in top || (kind[record] ~ /-try$/ && !all_placed)) {
    return place
  }
  if (!(place in leads)) {
    leads[place] = followed(place)
  }
  return leads[place]
}
function followed(path,    done, rest, part, text, hops) {
  done = ""
  rest = path "/"
  hops = 0
  while (rest != "" && rest != "/") {
    rest = substr(rest, 1, 1) == "/" ? substr(rest, 2) : rest
    part = substr(rest, 1, index(rest, "/") - 1)
    rest = substr(rest, index(rest, "/"))
    if (part == "..") {
      sub(/\/[^\/]*$/, "", done)
    } else if (part != "" && part != ".") {
      text = link(done "/" part)
      if (text == "" || ++hops > 40) {
        done = done "/" part
      } else {
        done = substr(text, 1, 1) == "/" ? "" : done
        rest = escaped(text) rest
      }
    }
  }
  return done == "" ? "/" : done
}
# The text of a symlink in the sandbox, or nothing.
function link(path,    r, found, file, command, text) {
  found = 0
  for (r = 1; r <= last; r++) {
    if (kind[r] == "symlink" && target[r] == path) {
      return source[r]
    }
    if (is_mount(r) && lies_in(path, target[r])) {
      found = r
    }
  }
  if (!found || kind[found] !~ /^bind/ || access[found] != "ro") {
    return ""
  }
  file = joined(source[found], behind(path, target[found]))
  if (file ~ /\\/) {
    return ""
  }
  command = "readlink -- " quoted(file) " 2>/dev/null"
  text = ""
  command | getline text
  close(command)
  return text
}

# A text as a word of the shell.
function quoted(text) {
  gsub("\047", "\047\\\047\047", text)
  return "\047" text "\047"
}
