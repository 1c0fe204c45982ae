# Needs bubblewrap, util-linux, awk and coreutils 8.31 or newer.
set -u
# Our launcher has its own ways to give the script to a shell anew, and something to do while the program runs.
# shellcheck disable=SC2034
broot_asked_file=
[ "${broot_launcher-}" = $$ ] || {
  broot_script=$0
  broot_moved=
  broot_offer() { :; }
  broot_meanwhile() { :; }
  # What stands before the program, once: a script that starts itself again gives the rest on.
  broot_asked_file=${BROOT_STATUS-}
  [ "${BROOT_AGAIN-}" = $$ ] || {
    broot_asked_file=
    case ${1-}${broot_plan:+.} in
      --help.) broot_help && exit ;;
      --status-file=?*.)
        [ "$broot_reports" ] || {
          echo 'broot: this script writes no status file; compile it with --status-file FILE' >&2
          exit 125
        }
        broot_asked_file=${1#*=}
        case $broot_asked_file in
          -*) broot_asked_file=./$broot_asked_file ;;
        esac
        shift
        ;;
    esac
    # `--` may stand there, as for `broot exec`.
    [ "${1-}" != -- ] || shift
  }
}

# A failure that is not the program's: one line, with the place in the spec where one line of that is to blame; status 125. So
# too where the shell gives up by itself, since it cannot start a process, say: then nobody has decided on a status.
broot_decided=
broot_line_said=
broot_cause=
broot_fail() {
  broot_decided=yes
  broot_cause=$*
  broot_print "broot: ${broot_line_said:+$broot_line_said: }$broot_cause"
  exit 125
}
broot_settle() {
  broot_status=$?
  # A signal decides too.
  [ "$broot_decided" ] || { [ "$broot_status" -gt 128 ] && [ "$broot_status" -lt 193 ]; } || {
    printf 'broot: the shell gave up with status %s; limits such as ulimit -u or -n may be too low\n' "$broot_status" >&2
    broot_status=125
  }
}
trap 'broot_settle; exit "$broot_status"' EXIT
# What is larger than `ulimit -f` allows is an error of who writes it, and not the end of this shell.
trap '' XFSZ

# What is passed to bubblewrap is not for others. Our launcher has moved what is below 10 out of the way.
[ "${BROOT_AGAIN-}" != $$ ] || broot_moved=${BROOT_MOVED-}
broot_kept=' '
broot_shown=' '
broot_back=
broot_all_passed=
for broot_value in $broot_passed; do
  broot_fd=${broot_value#*=}
  broot_shown="$broot_shown$broot_fd "
  case "$broot_moved " in
    *" $broot_fd:"*)
      broot_at=${broot_moved#*" $broot_fd:"}
      broot_at=${broot_at%% *}
      broot_back="${broot_back}exec $broot_fd<&$broot_at $broot_at<&-; "
      broot_fd=$broot_at
      ;;
  esac
  [ -e "/proc/$$/fd/$broot_fd" ] || broot_fail "descriptor $broot_fd, which our caller passes as ${broot_value%=*}, is not open"
  broot_kept="$broot_kept$broot_fd "
  broot_all_passed="$broot_all_passed ${broot_value%=*}=$broot_fd"
done
broot_passed=$broot_all_passed
broot_release() {
  for broot_value in $broot_passed; do
    [ "${broot_value#*=}" = "$broot_relay" ] || eval "exec ${broot_value#*=}>&-"
  done
  broot_passed=
}
broot_say() {
  [ ! "$broot_relay" ] || eval "printf '%s\n' \"\$broot_line\" >&$broot_relay" 2>/dev/null || :
}

# A program is found on our PATH, not on the one that the program gets.
broot_find() {
  broot_found=
  set -f
  IFS=:
  for broot_directory in ${PATH-}; do
    if [ -f "${broot_directory:-.}/$1" ] && [ -x "${broot_directory:-.}/$1" ]; then
      broot_found=${broot_directory:-.}/$1
      break
    fi
  done
  unset IFS
  set +f
  [ "$broot_found" ] || broot_fail "$1 is not on PATH; install the package $2"
}
[ -d "/proc/$$/fd" ] || broot_fail '/proc is not mounted, which neither broot nor bubblewrap can do without; run `mount -t proc proc /proc`'
broot_find bwrap bubblewrap
broot_bwrap=$broot_found
case $broot_bwrap in
  # env takes such a word for a variable.
  *=*) broot_fail "bwrap is $broot_bwrap, and a path with = cannot be used" ;;
esac
# A script that has started itself again has looked before.
[ "${BROOT_AGAIN-}" = $$ ] || for broot_value in $broot_tools; do
  command -v "${broot_value%:*}" ||
    broot_fail "${broot_value%:*} is not on PATH; install the package ${broot_value#*:}"
done >/dev/null

# The program sees descriptors 0, 1 and 2 and no other. A POSIX shell can name those up to 9; of the ones beyond, those that
# our caller left open are closed by bash.
broot_shell=/bin/sh
broot_closing=
broot_opening=$broot_back
[ ! "$broot_back" ] || broot_shell=bash
[ -e "/proc/$$/fd/0" ] || exec </dev/null
[ -e "/proc/$$/fd/1" ] || exec >/dev/null
[ -e "/proc/$$/fd/2" ] || exec 2>/dev/null
for broot_fd in 0 1 2; do
  [ ! -d "/proc/$$/fd/$broot_fd" ] ||
    broot_fail "descriptor $broot_fd is a directory, by which the program would reach what no line shows; redirect it, as in $broot_fd</dev/null"
done
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
