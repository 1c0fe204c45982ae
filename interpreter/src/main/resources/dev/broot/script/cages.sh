# A cgroup of a run carries the run's process and when it started in its name. It is taken away where that process is gone; not
# in its first minute, in which a run that we cannot see, in a container beside us, may be about to enter it.
broot_cage_lives() {
  broot_number=${1##*/broot-}
  broot_line=
  read -r broot_line 2>/dev/null <"/proc/${broot_number%%-*}/stat" || return 1
  # shellcheck disable=SC2086
  set -- "$broot_number" ${broot_line##*) }
  [ "${1#*-}" = "${21}" ]
}
broot_cage_take() {
  ! broot_cage_lives "$1" && [ "$(find "$1" -maxdepth 0 -mmin +1 2>/dev/null)" ] && broot_cage_remove "$1"
}

# With those that a program which could write there has made in it.
broot_cage_remove() {
  rmdir -- "$1" 2>/dev/null || {
    find "$1" -depth -type d -exec rmdir -- {} + 2>/dev/null
    [ ! -d "$1" ]
  }
}
