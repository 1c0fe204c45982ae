# What is mounted here is seen here only and goes with our last process. Unmounts of the host reach us, so that we keep
# nothing busy.
if [ "${BROOT_NAMESPACE-}" != $$ ]; then
  command -v unshare >/dev/null || broot_fail 'unshare is not on PATH; install the package util-linux'
  BROOT_NAMESPACE=$$ exec unshare -m --propagation slave -- /bin/sh "$broot_script" "${broot_environment-}" "$@"
fi
unset BROOT_NAMESPACE
broot_environment=$1
shift
