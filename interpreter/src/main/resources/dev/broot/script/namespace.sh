# What is mounted here is seen here only and goes with our last process. Unmounts of the host reach us, so that we keep
# nothing busy.
if [ "${BROOT_NAMESPACE-}" != $$ ]; then
  command -v unshare >/dev/null || broot_fail 'unshare is not on PATH; install the package util-linux'
  # A filter of system calls, as containers have one, may forbid it; behind an exec nobody could say so.
  [ "$broot_value" = 0 ] || unshare -m --propagation slave true ||
    broot_fail 'a mount namespace is needed, and this container or its seccomp filter forbids it'
  broot_meanwhile 7<&- 8<&- &
  # The namespace that we come from: what is removed there needs no unmounting here. Its paths are ours, except in a chroot.
  exec 9<&-
  [ ! / -ef /proc/1/root ] || exec 9</proc/self/ns/mnt
  BROOT_NAMESPACE=$$ exec unshare -m --propagation slave -- /bin/sh "$broot_script" "$@"
fi
unset BROOT_NAMESPACE
