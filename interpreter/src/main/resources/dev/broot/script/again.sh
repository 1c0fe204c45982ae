# Whether our root is that of process 1. Where we may not see that one, as in many containers, the mounts tell: of which file system
# each root is, and which directory of it.
broot_read_root() {
  while read -r broot_key broot_key broot_number broot_value broot_at broot_rest; do
    [ "$broot_at" != / ] || return 0
  done <"/proc/$1/mountinfo"
  return 1
}
broot_is_at_root() {
  [ ! / -ef /proc/1/root ] || return 0
  broot_read_root 1 2>/dev/null || return 1
  broot_place=$broot_number:$broot_value
  broot_read_root self && [ "$broot_number:$broot_value" = "$broot_place" ]
}

# The script starts itself again, once, where it needs a mount namespace of its own, or a shell that can close descriptors
# beyond 9. BROOT_AGAIN tells it that it has done so.
#
# What is mounted in the namespace is seen there only and goes with our last process. Unmounts of the host reach us, so that we
# keep nothing busy.
if [ "${BROOT_AGAIN-}" != $$ ]; then
  broot_next=/bin/sh
  [ ! "$broot_wants_bash" ] || {
    command -v bash >/dev/null || broot_fail "$broot_wants_bash, and bash, which can do that, is not on PATH"
    broot_next=bash
  }
  if [ "$broot_wants_mounts" ]; then
    command -v unshare >/dev/null || broot_fail 'unshare is not on PATH; install the package util-linux'
    # A filter of system calls, as containers have one, may forbid it; behind an exec nobody could say so.
    [ "$broot_filter" = 0 ] || unshare -m --propagation slave true ||
      broot_fail 'a mount namespace is needed, and this container or its seccomp filter forbids it'
    broot_meanwhile 7<&- 8<&- &
    # The namespace that we come from: what is removed there needs no unmounting here. Its paths are ours, except in a chroot.
    exec 9<&-
    ! broot_is_at_root || exec 9</proc/self/ns/mnt
    broot_offer
    BROOT_AGAIN=$$ BROOT_MOVED=$broot_moved BROOT_STATUS=$broot_asked_file exec unshare -m --propagation slave -- "$broot_next" "$broot_script" "$@"
  elif [ ! "${BASH_VERSION-}" ]; then
    broot_offer
    BROOT_AGAIN=$$ BROOT_MOVED=$broot_moved BROOT_STATUS=$broot_asked_file exec bash "$broot_script" "$@"
  fi
fi
unset BROOT_AGAIN BROOT_MOVED BROOT_STATUS
