# mkdtemp: a new directory that only we can enter.
broot_mkdtemp() {
  read -r broot_random </proc/sys/kernel/random/uuid
  broot_temp=${1%/}/$2$broot_random
  mkdir -m 0700 -- "$broot_temp" || broot_fail "cannot make a temporary directory in $1"
}

# mknod: the mode is cut by the umask, as mknod(2) does.
broot_mknod() {
  mknod -m "$(printf '%04o' $((0$4 & ~0$(umask))))" -- "$1" c "$2" "$3" || broot_fail "cannot make the device node $1"
}

# Taking down tells what it could not do, and turns a success into 125.
broot_unmount() {
  [ ! "$2" ] || umount --lazy -- "$1" || broot_left=yes
}
broot_remove() {
  for broot_directory; do
    [ ! "$broot_directory" ] || rm -rf --one-file-system -- "$broot_directory" || broot_left=yes
  done
}
broot_teardown() {
  broot_status=$?
  broot_left=
  broot_undo
  [ ! "$broot_left" ] || broot_status=$((broot_status ? broot_status : 125))
  exit "$broot_status"
}
