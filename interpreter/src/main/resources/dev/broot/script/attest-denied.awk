
# What the spec expects that the program cannot do, held to the objects that the kernel shows in the sandbox: a directory of the
# host that is mounted at a second place, or below a source, has other names. A denial is a mount of kind deny (ACCESS read or
# write, SOURCE the path, TARGET the same in the sandbox), and behind it, each of kind except, what it is not about. One of kind
# open says that the place of the mount before it has a value of this run in it, so that nobody has judged it.
function compare_denied(    r, behind_it) {
  for (r = 1; r <= last; r++) {
    if (kind[r] == "read-only") {
      made_read_only[placed(r)] = 1
    }
    if (kind[r] == "open") {
      open[placed(r - 1)] = r - 1
      opened = 1
    }
  }
  for (r = 1; r <= last && refused == ""; r++) {
    if (kind[r] == "deny") {
      for (behind_it = r; behind_it < last && kind[behind_it + 1] == "except"; behind_it++) {
      }
      compare_denial(r, behind_it)
      if (access[r] == "write") {
        compare_shown(r, behind_it)
      }
      if (opened && refused == "") {
        compare_place(r, behind_it)
      }
    }
  }
}
function compare_denial(r, end,    denied, count, id, i, n, f) {
  count = 1
  denied[1] = object(source[r])
  # What the host has mounted below it is denied with it.
  for (id in host_point) {
    if (lies_in(host_point[id], source[r]) && host_point[id] != source[r] && \
      host_type[id] !~ /^(proc|sysfs|dev.*|mqueue|cgroup2?|securityfs|debugfs|tracefs|pstore|bpf|configfs|efivarfs|binfmt_misc|hugetlbfs|autofs|nsfs)$/) {
      denied[++count] = host_device[id] "\t" host_root[id]
    }
  }
  for (i = 1; i <= mounts; i++) {
    if (access[r] == "read" ? is_of_host(i) : is_written(i)) {
      for (n = 1; n <= count; n++) {
        split(denied[n], f, "\t")
        if (f[1] == device[i]) {
          compare_object(r, end, i, f[2])
        }
      }
    }
  }
}
# What the host's things at the denied place are must not be writable at another place either; a record of kind layer has one of
# the directories of an overlay as SOURCE.
function compare_shown(r, end,    i, k, place, f) {
  for (i = 1; i <= mounts && refused == ""; i++) {
    place = lies_in(point[i], target[r]) ? point[i] : target[r]
    if (type[i] != "proc" && lies_in(place, point[i]) && seen_at(place) == i && !is_left_out(place, r, end)) {
      if (device[i] in is_host) {
        compare_elsewhere(r, end, i, place, device[i], joined(root[i], behind(place, point[i])))
      }
      for (k = 1; k <= last && type[i] == "overlay"; k++) {
        if (kind[k] == "layer" && placed(k) == point[i]) {
          split(object(joined(source[k], behind(place, point[i]))), f, "\t")
          compare_elsewhere(r, end, i, place, f[1], f[2])
        }
      }
    }
  }
}
function compare_elsewhere(r, end, i, place, on, tree,    j, here, there, shows) {
  for (j = 1; j <= mounts && refused == ""; j++) {
    if (j == i || device[j] != on || !is_written(j)) {
      continue
    }
    if (lies_in(root[j], tree)) {
      here = joined(place, behind(root[j], tree))
      there = point[j]
      shows = root[j]
    } else if (lies_in(tree, root[j])) {
      here = place
      there = joined(point[j], behind(tree, root[j]))
      shows = tree
    } else {
      continue
    }
    if (seen_at(there) == j && seen_at(here) == i && !is_left_out(here, r, end)) {
      refused = said[asked[j]] "\tthe program could write " shown(device[j], shows) ", at " there ", which " here " shows, and " said[r] " expects that it cannot"
      breaks = 1
    }
  }
}
function is_left_out(place, r, end,    n) {
  for (n = r + 1; n <= end; n++) {
    if (lies_in(place, target[n])) {
      return 1
    }
  }
  return 0
}
# What is at the denied place of the sandbox, where values of this run say where something is mounted.
function compare_place(r, end,    i, path, at) {
  path = target[r]
  for (i = 1; i <= mounts && refused == ""; i++) {
    if (point[i] in open && seen_at(point[i]) == i) {
      at = lies_in(point[i], path) ? point[i] : seen_at(path) == i ? path : ""
      if (at != "" && (access[r] == "write" ? !is_read_only(i) : !(type[i] == "tmpfs" && root[i] == "/"))) {
        deny_place(r, end, at, open[point[i]])
      }
      if (refused == "" && access[r] == "write" && lies_in(point[i], path) && root[seen_at(path)] == "/newroot" && !is_read_only(seen_at(path))) {
        deny_place(r, end, path, open[point[i]])
      }
    }
  }
}
function deny_place(r, end, at, by) {
  if (is_left_out(at, r, end)) {
    return
  }
  refused = said[by] "\tthe program could " access[r] " " at " in the sandbox, and " said[r] " expects that it cannot"
  breaks = 1
}
# A mount of the host's for which a line asks, or which came with one.
function is_of_host(i,    at, r) {
  if (!(device[i] in is_host)) {
    return 0
  }
  if (!(i in asked)) {
    at = i
    r = record_of(at)
    while (!r && (parent[at] in by_id)) {
      at = by_id[parent[at]]
      r = record_of(at)
    }
    asked[i] = r
  }
  r = asked[i]
  return r && kind[r] ~ /^bind/ && !is_harmless(i)
}
# One in which something changes: bubblewrap makes files and directories also in what it makes read-only later.
function is_written(i) {
  return is_read_only(i) ? (point[i] in made_read_only) && is_of_host(i) && access[asked[i]] == "rw" : is_of_host(i)
}
function is_harmless(i) {
  return root[i] ~ /\/(null|zero|full|random|urandom)$/ && device[i] "\t" root[i] == object("/dev/" last_part(root[i]))
}
function last_part(path) {
  sub(/^.*\//, "", path)
  return path
}
function compare_object(r, end, i, path,    found, shows, n, f) {
  if (lies_in(root[i], path)) {
    found = point[i]
    shows = root[i]
  } else if (lies_in(path, root[i])) {
    found = joined(point[i], behind(path, root[i]))
    shows = path
  } else {
    return
  }
  if (seen_at(found) != i) {
    return
  }
  for (n = r + 1; n <= end; n++) {
    # It has its name in the denied path: no symlink in it is followed.
    split(object(lies_in(source[n], target[r]) ? joined(source[r], behind(source[n], target[r])) : source[n]), f, "\t")
    if (f[1] == device[i] && lies_in(shows, f[2])) {
      return
    }
  }
  refused = said[asked[i]] "\tthe program could " access[r] " " shown(device[i], shows) ", at " found ", and " said[r] " expects that it cannot"
  breaks = 1
}
# The mount in which a path of the sandbox lies.
function seen_at(path,    at, best, i) {
  at = 0
  do {
    best = 0
    for (i = 1; i <= mounts; i++) {
      if ((at ? parent[i] == id[at] && i != at : !(parent[i] in by_id)) && lies_in(path, point[i])) {
        best = best && length(point[best]) <= length(point[i]) ? best : i
      }
    }
    at = best ? best : at
  } while (best)
  return at
}
