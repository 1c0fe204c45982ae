# Needs bubblewrap, coreutils and, where it sets up the host, util-linux.
set -u
# shellcheck disable=SC2034  # where a namespace is needed, the script starts itself again in it
[ "${broot_launcher-}" = $$ ] || broot_script=$0

# A failure that is not the program's: one line, status 125.
broot_fail() {
  printf 'broot: %s\n' "$*" >&2
  exit 125
}

# bubblewrap is found on PATH.
broot_find() {
  IFS=:
  for broot_directory in ${PATH-}; do
    if [ -f "${broot_directory:-.}/bwrap" ] && [ -x "${broot_directory:-.}/bwrap" ]; then
      broot_bwrap=${broot_directory:-.}/bwrap
      break
    fi
  done
  unset IFS
  [ "$broot_bwrap" ] || broot_fail 'bwrap is not on PATH; install the package bubblewrap'
}
broot_bwrap=
set -f
broot_find
set +f
