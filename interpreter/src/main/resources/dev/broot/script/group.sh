# The other processes of the program's group in the sandbox, as broot_group. A terminal interrupts all of a group, and shells and
# make count on it: they wait until their children have ended by it.
broot_find_group() {
  broot_group=
  broot_group_of "$1" || return 0
  broot_interrupted=$broot_member_group
  broot_members=$broot_child
  while [ "$broot_members" ]; do
    broot_member=${broot_members%% *}
    broot_members=${broot_members#"$broot_member"}
    broot_members=${broot_members# }
    for broot_member_list in "/proc/$broot_member"/task/*/children; do
      broot_member_children=
      read -r broot_member_children 2>/dev/null <"$broot_member_list" || :
      broot_members="$broot_members${broot_members:+${broot_member_children:+ }}$broot_member_children"
    done
    case $broot_member in
      "$1" | "$broot_child") ;;
      *)
        ! broot_group_of "$broot_member" || [ "$broot_member_group" != "$broot_interrupted" ] ||
          broot_group="$broot_group $broot_member"
        ;;
    esac
  done
}
# The number of a process's group; the name of a program, in front of it, may hold anything.
broot_group_of() {
  broot_member_stat=
  read -r broot_member_stat 2>/dev/null <"/proc/$1/stat" || return 1
  # shellcheck disable=SC2086
  set -- ${broot_member_stat##*) }
  broot_member_group=$3
}
