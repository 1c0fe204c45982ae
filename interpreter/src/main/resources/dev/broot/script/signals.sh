# What a signal to us means: which ones the program hears, and which end the run.

# The program is the first child of the sandbox's pid 1, which itself ignores signals; without a PID namespace that process
# is the program. Fails where there is no program yet.
broot_tell() {
  broot_learn
  broot_program=$broot_child
  if [ "$broot_pid1" ]; then
    broot_program=
    read -r broot_program broot_rest 2>/dev/null <"/proc/$broot_child/task/$broot_child/children" || :
  fi
  [ "$broot_program" ] || return 1
  case $1 in
    INT | QUIT) broot_read_group "$broot_program" ;;
    *) broot_group= ;;
  esac
  # shellcheck disable=SC2086 # Numbers.
  kill -s "$1" "$broot_program" $broot_group 2>/dev/null || :
}
# A program that is not there yet cannot be told to end: the sandbox goes.
broot_forward() {
  broot_tell "$1" || broot_kill
}
broot_kill() {
  broot_learn
  broot_ended=killed
  kill -s KILL -- "${broot_child:--$broot_pid}" 2>/dev/null || kill -s KILL "$broot_pid" 2>/dev/null || :
}

# The first signal is passed on; the second one kills. A program that reads commands hears every Ctrl-C, however: an INT is the first
# again where the last one was more than a second ago.
broot_is_first() {
  [ "$1" != 2 ] || {
    broot_last=$broot_now
    broot_now=
    IFS=. read -r broot_now broot_rest 2>/dev/null </proc/uptime || :
    [ "$broot_signal" != 2 ] || [ ! "$broot_last" ] || [ "${broot_now:-0}" -le $((broot_last + 1)) ] || return 0
  }
  [ ! "$broot_signal" ]
}
broot_now=
broot_caught() {
  if ! broot_is_first "$2"; then
    [ ! "$broot_pid" ] || broot_kill
    return
  fi
  broot_signal=$2
  broot_name=$1
  if [ "$broot_pid" ]; then
    broot_pass_on
  elif [ ! "$broot_starting" ]; then
    broot_decided=yes
    exit $((128 + $2))
  fi
}
broot_pass_on() {
  broot_forward "$broot_name"
  [ ! "$broot_grace" ] || broot_timer "$broot_grace"
}
# These mean what the program says they mean: they are handed on as often as they come, and do not end the run. One that comes
# before the program waits for it. Nothing is started in the background here: a signal comes at any moment, and `$!` is of use.
broot_hand_on() {
  if [ ! "$broot_pid" ]; then
    broot_early="$broot_early $1"
    return
  fi
  broot_handed=yes
  broot_tries=0
  until broot_tell "$1" || [ "$broot_tries" = 250 ] || [ "$broot_signal$broot_ended" ]; do
    broot_tries=$((broot_tries + 1))
    sleep 0.02
    kill -s 0 "$broot_pid" 2>/dev/null || return 0
  done
}
broot_early=
broot_handed=
trap '' PIPE
trap 'broot_hand_on USR1' USR1
trap 'broot_hand_on USR2' USR2
trap 'broot_hand_on WINCH' WINCH
trap 'broot_caught HUP 1' HUP
trap 'broot_caught INT 2' INT
trap 'broot_caught QUIT 3' QUIT
trap 'broot_caught TERM 15' TERM
