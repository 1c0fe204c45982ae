# A directory is used where nobody but root and us can put something else in the place of what lies in it. So it and each
# directory on the way to it belong to root or us, and others may not write there, or only with the sticky bit. A group of
# one user, which has his number, is no other.
#
# In front of the directories stand device nodes of the host, as many as the first argument says, whose numbers are noted: to
# ask for them later would cost a process.
broot_trust() {
  broot_count=$1
  shift
  broot_turns=$#
  broot_links=' '
  broot_place=0
  # Each argument goes from the front to the end, a directory with its way.
  while [ "$broot_turns" -gt 0 ]; do
    broot_path=$1
    shift
    if [ "$broot_place" -lt "$broot_count" ]; then
      broot_place=$((broot_place + 1))
      set -- "$@" "$broot_path"
    else
      while [ "${broot_path%/}" != "$broot_path" ]; do
        broot_path=${broot_path%/}
      done
      broot_at=
      broot_place=$((broot_place + 1))
      set -- "$@" /
      while [ "$broot_path" ]; do
        broot_path=${broot_path#/}
        broot_name=${broot_path%%/*}
        broot_path=${broot_path#"$broot_name"}
        case $broot_name in
          '' | .) continue ;;
          ..)
            broot_at=${broot_at%/*}
            continue
            ;;
        esac
        broot_at=$broot_at/$broot_name
        broot_place=$((broot_place + 1))
        set -- "$@" "$broot_at"
        [ "$broot_path" ] && [ -h "$broot_at" ] || continue
        # A link on the way: where it leads is a part of the way.
        broot_links="$broot_links$broot_place "
        [ "$broot_place" -lt 1000 ] || broot_fail "cannot use $broot_at: too many symbolic links"
        broot_name=$(readlink -- "$broot_at" && echo .) || broot_fail "cannot use $broot_at"
        broot_path=${broot_name%??}$broot_path
        broot_at=${broot_at%/*}
        [ "${broot_path#/}" = "$broot_path" ] || broot_at=
      done
    fi
    broot_turns=$((broot_turns - 1))
  done
  broot_nodes=
  broot_place=$broot_count
  # A pipe has room for that many lines, and then stat needs no shell of its own.
  [ "$#" -lt 800 ] || broot_fail "cannot use $broot_at: there are too many directories on the way"
  broot_read_modes "$@" 2>/dev/null || {
    exec 4<&-
    shift "$broot_count"
    broot_count=0
    broot_read_modes "$@" || broot_fail "cannot use $*"
  }
  while read -r broot_owner broot_group broot_mode broot_number broot_kind; do
    if [ "$broot_count" -gt 0 ]; then
      broot_nodes="$broot_nodes $broot_number"
      broot_count=$((broot_count - 1))
    else
      broot_place=$((broot_place + 1))
      case $broot_kind$broot_links in
        "symbolic link"*" $broot_place "*) broot_mode=0 ;;
        directory*) ;;
        symbolic*) broot_fail "$1 is a symbolic link; name a directory itself" ;;
        *) broot_fail "$1 is not a directory; name a directory itself" ;;
      esac
      [ "$broot_owner" = 0 ] || [ "$broot_owner" = "$broot_uid" ] || broot_fail "$1 belongs to user $broot_owner"
      if [ "$((0$broot_mode & 01000))" != 0 ]; then
        broot_writer=
      elif [ "$((0$broot_mode & 02))" != 0 ]; then
        broot_writer=everybody
      elif [ "$((0$broot_mode & 020))" != 0 ] && [ "$broot_group" != "$broot_uid" ]; then
        broot_writer="group $broot_group"
      else
        broot_writer=
      fi
      [ ! "$broot_writer" ] || broot_fail "$1 can be written by $broot_writer; take that right away, or set the sticky bit"
    fi
    shift
  done <&4
  exec 4<&-
}
broot_read_modes() {
  exec 4<<EOT
pipe
EOT
  read -r broot_owner <&4
  stat -c '%u %g %a %t:%T %F' -- "$@" >/proc/self/fd/4
}
