# A POSIX shell cannot close descriptors beyond 9.
if [ ! "${BASH_VERSION-}" ]; then
  command -v bash >/dev/null || broot_fail 'descriptors are passed, and bash, which can close them, is not on PATH'
  BROOT_HANDED=$$ exec bash "$broot_script" "$@"
fi
unset BROOT_HANDED
