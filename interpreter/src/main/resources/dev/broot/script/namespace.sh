# What is mounted here is seen here only and goes with our last process. Unmounts of the host reach us, so that we keep
# nothing busy.
if [ "${BROOT_NAMESPACE-}" != $$ ]; then
  command -v unshare >/dev/null || broot_fail 'unshare is not on PATH; install the package util-linux'
  # A filter of system calls, as containers have one, may forbid it; behind an exec nobody could say so.
  [ "$broot_value" = 0 ] || unshare -m --propagation slave true ||
    broot_fail 'a mount namespace is needed, and this container or its seccomp filter forbids it'
  BROOT_NAMESPACE=$$ exec unshare -m --propagation slave -- /bin/sh "$broot_script" "${broot_environment-}" "$@"
fi
unset BROOT_NAMESPACE
broot_environment=$1
shift
