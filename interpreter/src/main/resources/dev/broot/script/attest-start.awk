
# Where the program starts, held to the kernel's word: bubblewrap changes to that directory after it was let go, and then it still
# holds the host's procfs open. So a path through what a process holds open (/proc/self/fd/3) would lead out of the sandbox. The
# place is of kind start (TARGET the path). Without one, bubblewrap tries its caller's directory, and then HOME; where TARGET is
# empty, both are asked for here.
function compare_starts(    r, i, line, command) {
  for (i = 1; i <= mounts && type[i] != "proc"; i++) {
  }
  if (i > mounts) {
    return
  }
  for (r = 1; r <= last && refused == ""; r++) {
    if (kind[r] == "start" && target[r] != "") {
      compare_start(r, target[r])
    } else if (kind[r] == "start") {
      command = "tr \047\\000\047 \047\\n\047 2>/dev/null </proc/" child "/environ; echo \"PWD=$(readlink /proc/" caller "/cwd)\""
      while ((command | getline line) > 0) {
        if (line ~ /^(HOME|PWD)=\//) {
          compare_start(r, escaped(plain(substr(line, index(line, "/")))))
        }
      }
      close(command)
    }
  }
}
function compare_start(r, path,    done, rest, part, hops, m, text) {
  done = ""
  rest = path "/"
  hops = 0
  while (rest ~ /[^\/]/ && refused == "") {
    sub(/^\/+/, "", rest)
    part = substr(rest, 1, index(rest, "/") - 1)
    rest = substr(rest, index(rest, "/"))
    if (part == "..") {
      sub(/\/[^\/]*$/, "", done)
    } else if (part != ".") {
      m = mount_of(done "/" part)
      text = m ? start_link(m, done "/" part, rest) : ""
      if (m && type[m] == "proc" && joined(root[m], behind(done "/" part, point[m])) ~ \
        /^\/(self|thread-self|[0-9]+)(\/task\/[0-9]+)?\/(cwd|exe|root|fd|map_files)(\/.*)?$/) {
        breaks = 1
        refuse(r, "the program would start in " path ", which leads through what a process holds open, and so out of the sandbox; say where it starts, as `chdir /`")
      } else if (text == "" || ++hops > 40) {
        done = done "/" part
      } else {
        done = substr(text, 1, 1) == "/" ? "" : done
        rest = escaped(text) rest
      }
    }
  }
}
# The mount in which a path of the sandbox lies.
function mount_of(path) {
  while (path != "" && !(path in top)) {
    sub(/\/[^\/]*$/, "", path)
  }
  return path in top ? top[path] : "/" in top ? top["/"] : 0
}
# The text of the symlink at a path of the sandbox, or nothing.
function start_link(m, path, rest,    r, command, line, at, file) {
  if (path in top || type[m] == "proc") {
    return ""
  }
  for (r = 1; r <= last; r++) {
    if (kind[r] == "symlink" && target[r] == path) {
      return source[r]
    }
  }
  if (type[m] == "tmpfs" && !(device[m] in is_host)) {
    return ""
  }
  if (!(path in looked)) {
    # By one process for what is left of the path: a line for each that is no symlink, and the text of the first that is one.
    command = "see() { r=/proc/" child "/root; [ -d \"$r/.\" ] || r=; [ \"$r\" ] && f=$r$1 || f=$2; [ ! -h \"$f\" ] || { printf L; readlink -- \"$f\"; exit; }; echo; }"
    line = path
    at = rest
    do {
      file = device[m] in is_host ? joined(shown(device[m], root[m]), behind(line, point[m])) : line
      command = command "; see " quoted(unescaped(line)) " " quoted(unescaped(file))
      looking[++looks] = line
      sub(/^\/+/, "", at)
      line = line "/" substr(at, 1, index(at, "/") - 1)
      at = substr(at, index(at, "/"))
    } while (at != "" && line !~ /\/(\.\.?)?$/ && !(line in top))
    seen = 0
    while ((command | getline line) > 0) {
      if (line ~ /^L/ || (seen && looked[looking[seen]] != "")) {
        seen += line ~ /^L/
        looked[looking[seen]] = looked[looking[seen]] (looked[looking[seen]] == "" ? substr(line, 2) : "\n" line)
      } else {
        looked[looking[++seen]] = ""
      }
    }
    close(command)
    looks = 0
  }
  return looked[path]
}
function unescaped(path) {
  gsub(/\\040/, " ", path)
  gsub(/\\011/, "\t", path)
  gsub(/\\012/, "\n", path)
  gsub(/\\134/, "\\", path)
  return path
}
