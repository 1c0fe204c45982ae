# The run is judged too. The compiler knows names; here the sources of the mounts are looked at, before anything is started.
# One that has a value of this run in it, or leads through a symlink, is held to the list of dangers and to what the spec
# expects that the program cannot do, by the object that it leads to; judge.sh, which is read only then, does that. What is
# fixed and leads nowhere else was judged before, but for a denied path that leads elsewhere: then all mounts are judged.
broot_judge_wanted=
broot_judge_all=
broot_judge_copied=

# Whether a path leads through a symlink, or is written in another way than the kernel's.
broot_judge_leads() {
  case $1/ in
    / | //) return 1 ;;
    [!/]* | *//* | */./* | */../*) return 0 ;;
  esac
  broot_judge_at=$1
  while [ "$broot_judge_at" ]; do
    [ ! -h "$broot_judge_at" ] || return 0
    broot_judge_at=${broot_judge_at%/*}
  done
  return 1
}
# A mount of the plan: KIND ACCESS NOTES LINE SOURCE TARGET NUMBER.
broot_judge_look() {
  case $1:$3 in
    own:*) return 0 ;;
    *:*open*) broot_judge_wanted=yes ;;
    copy:* | layer:* | upper:*) broot_judge_copied=yes ;;
    socket:*) [ ! -e "$5" ] || [ -S "$5" ] || broot_judge_wanted=yes ;;
  esac
  [ "$broot_judge_wanted" ] || ! broot_judge_leads "$5" || broot_judge_wanted=yes
}
# A path that the program must not reach: read|write LINE PATH EXCEPT...
broot_judge_look_denied() {
  ! broot_judge_leads "$3" || broot_judge_all=yes
  # Which object they are of, the kernel does not say when they are mounted.
  [ ! "$broot_judge_copied" ] || broot_judge_wanted=yes
}
