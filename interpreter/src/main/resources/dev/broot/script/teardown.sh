# Taking down says what it could not do, and turns a success into 125.
broot_leave_behind() {
  broot_print "broot: $*"
  [ "$broot_status" != 0 ] || broot_status=125
}
broot_unmount() {
  [ ! "$2" ] || umount --lazy -- "$1" || broot_leave_behind "cannot unmount $1"
}
# A directory that is removed in another mount namespace is unmounted in ours (since Linux 3.18), without a process that
# does it. Where that cannot be, both are done one by one: in a chroot the same path names something else there.
broot_remove_outside() {
  nsenter --mount="/proc/$$/fd/9" -- rm -rf --one-file-system -- "$@" 2>/dev/null || return 1
  for broot_file; do
    [ ! -e "$broot_file" ] || return 1
  done
}
broot_remove() {
  broot_erase "$@" || {
    broot_kept=
    for broot_path; do
      [ ! -e "$broot_path" ] || broot_kept="$broot_kept$broot_path
"
    done
    # What somebody else removed meanwhile is gone as well.
    [ "$broot_kept" ] || return 0
    broot_leave_behind "cannot remove all of ${broot_kept%?}"
    # For the next run, or `broot gc`: nobody holds the lock of what is written here.
    (printf %s "$broot_kept" >"$broot_entry") 2>/dev/null || :
  }
}
broot_teardown() {
  broot_settle
  trap '' HUP INT QUIT TERM ALRM USR1 USR2 WINCH
  trap - EXIT
  broot_undo
  [ ! "$broot_status_file" ] || broot_report "$broot_status"
  exit "$broot_status"
}
