broot_lock() {
  broot_tries=0
  for broot_old in "$broot_state"/*; do
    [ "$broot_tries" = 3 ] || [ ! -s "$broot_old" ] || ! broot_is_entry "$broot_old" || {
      broot_collect "$broot_old" || :
      broot_tries=$((broot_tries + 1))
    }
  done
  set -C
  # Without `command` a shell would end here with a status of its own.
  command exec 6>"$broot_entry" || broot_fail "cannot write $broot_entry"
  set +C
  # Somebody who looks for what killed runs have left may have it for a moment. We go on meanwhile.
  flock -w 10 6 &
  broot_locker=$!
}
broot_claim() {
  broot_outlast "$broot_locker"
  # A signal, with a status of its own, may have come at the same moment.
  [ "$broot_result" -le 128 ] || {
    broot_result=0
    wait "$broot_locker" || broot_result=$?
  }
  [ "$broot_result" = 0 ] || broot_fail "cannot lock $broot_entry"
  [ "$broot_entry" -ef "/proc/$$/fd/6" ] || broot_fail "$broot_entry was taken away"
  case $* in
    *"
"*) broot_fail "the path of a temporary directory has a line break: $*" ;;
  esac
  printf '%s\n' "$@" >&6 || broot_fail "cannot write $broot_entry"
}

# mkdtemp: new directories that only we can enter.
broot_mkdtemp() {
  mkdir -m 0700 -- "$@" || broot_fail "cannot make the temporary directory $*"
}

# mknod: the mode is cut by the umask, as mknod(2) does.
broot_mknod() {
  if [ "$4" = 0666 ]; then
    # Which is what mknod does by itself.
    mknod -- "$1" c "$2" "$3" || broot_fail "cannot make the device node $1"
    return
  fi
  mknod -m "$(printf '%04o' $((0$4 & ~0$(umask))))" -- "$1" c "$2" "$3" || broot_fail "cannot make the device node $1"
}

# The same for nodes of mode 0666 that the host has, in one process: FROM... TO.
broot_copy_nodes() {
  cp -R --no-preserve=mode -- "$@" || broot_fail "cannot make the device nodes $*"
}

# The host's device on an empty file; where there is none and that is fine, nothing.
broot_device() {
  [ "${3-}" = '' ] || [ -e "/dev/$2" ] || return 0
  [ -c "/dev/$2" ] || broot_fail "/dev/$2 is not a device"
  (: >"$1/$2") && mount --bind -- "/dev/$2" "$1/$2" || broot_fail "cannot bind the device /dev/$2"
}

# A directory in a temporary one, with its parents.
broot_mkdir() {
  mkdir -p ${1:+-m "$1"} -- "$2" || broot_fail "cannot make the directory $2"
}
broot_write() {
  (printf %s "$2" >"$1") && { [ ! "${3-}" ] || chmod "$3" -- "$1"; } || broot_fail "cannot write $1"
}
