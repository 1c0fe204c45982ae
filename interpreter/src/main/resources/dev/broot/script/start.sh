# Needs bubblewrap, util-linux and coreutils 8.31 or newer.
set -u
# Where a namespace is needed, the script starts itself again in it. What our launcher does while the program runs is its own.
# shellcheck disable=SC2034
[ "${broot_launcher-}" = $$ ] || {
  broot_script=$0
  broot_meanwhile() { :; }
}

# A failure that is not the program's: one line, status 125.
broot_fail() {
  printf 'broot: %s\n' "$*" >&2
  exit 125
}

# What is passed to bubblewrap is not for others.
broot_kept=' '
for broot_value in $broot_passed; do
  broot_fd=${broot_value#*=}
  [ -e "/proc/$$/fd/$broot_fd" ] || broot_fail "descriptor $broot_fd, which our caller passes as ${broot_value%=*}, is not open"
  broot_kept="$broot_kept$broot_fd "
done
broot_release() {
  for broot_value in $broot_passed; do
    [ "${broot_value#*=}" = "$broot_relay" ] || eval "exec ${broot_value#*=}>&-"
  done
  broot_passed=
}
broot_say() {
  [ ! "$broot_relay" ] || eval "printf '%s\n' \"\$broot_line\" >&$broot_relay" 2>/dev/null || :
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

# The program sees descriptors 0, 1 and 2 and no other. A POSIX shell can name those up to 9; of the ones beyond, those that
# our caller left open are closed by bash.
broot_shell=/bin/sh
broot_closing=
[ -e "/proc/$$/fd/0" ] || exec </dev/null
[ -e "/proc/$$/fd/2" ] || exec 2>/dev/null
for broot_fd in "/proc/$$/fd"/??*; do
  [ -e "/proc/$$/fdinfo/${broot_fd##*/}" ] || continue
  case $broot_kept in
    *" ${broot_fd##*/} "*) continue ;;
  esac
  while read -r broot_key broot_value; do
    if [ "$broot_key" = flags: ] && [ "$((broot_value & 02000000))" = 0 ]; then
      broot_closing="${broot_closing}exec ${broot_fd##*/}>&-; "
      broot_shell=bash
    fi
  done <"/proc/$$/fdinfo/${broot_fd##*/}"
done
[ ! "$broot_closing" ] || command -v bash >/dev/null ||
  broot_fail 'descriptors beyond 9 are open, and bash, which can close them, is not on PATH'
