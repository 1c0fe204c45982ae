# bubblewrap runs as a child of ours in a session of its own, so that a Ctrl-C does not end it before the program has heard
# of it.
broot_clean() {
  # Who hears what bubblewrap reports is no business of the program's.
  [ ! "$broot_relay" ] || eval "exec $broot_relay>&-"
  # shellcheck disable=SC2016
  [ ! "$broot_closing$broot_opening" ] ||
    exec "$broot_shell" -c "$broot_closing$broot_opening"'exec "$@"' sh "$@"
  exec "$@"
}
broot_pid=
broot_child=
broot_told=
broot_signal=
broot_starting=
broot_ended=
broot_watcher=
broot_plumbing=
broot_timer_pid=
broot_serving=
broot_tracing=
broot_lost=
broot_tab='	'

# bubblewrap tells on descriptor 4 which process is the sandbox's first, and how the program ended.
broot_pick() {
  broot_value=${broot_line#*"\"$1\": "}
  broot_value=${broot_value%%[!0-9]*}
}
broot_learn() {
  [ "$broot_child" ] || {
    # A signal that comes with the line has its trap run in this one, and must not wait for another line.
    [ "$broot_told" ] || read -r broot_told <&8 || :
    broot_line=$broot_told
    broot_pick child-pid
    broot_child=$broot_value
  }
}

# When a process was started tells it from a later one of the same number.
broot_find_birth() {
  broot_born=
  read -r broot_value <"/proc/$1/stat" || return
  # shellcheck disable=SC2086
  set -- ${broot_value##*) }
  broot_born=${20}
}

# bubblewrap asks the kernel late to end the sandbox with it: until then, `kill -9` of us would leave the program running. So
# a process of ours, which hears from bubblewrap first, watches: descriptor 7 ends with us, and says before if all is well.
broot_guard() {
  trap '' HUP INT PIPE QUIT TERM USR1 USR2
  # Not at the call: a shell keeps what a redirection closes there, and what is kept here would never end.
  exec </dev/null >/dev/null 3>&2 2>&1 8>&5 5>&- 6>&- 9>&-
  broot_hold_back
  broot_release
  read -r broot_pid <&7 || exit 0
  trap broot_cannot_look EXIT
  # There is time until bubblewrap has started; in the script itself this would keep it from starting, on the same processor.
  broot_meanwhile 2>&3
  exec 3>&-
  broot_hear
  exec 4<&-
  [ ! "$broot_relay" ] || eval "exec $broot_relay>&-"
  [ ! "$broot_child" ] || broot_find_birth "$broot_child"
  broot_first=$broot_born
  broot_verdict=
  [ ! "$broot_holds" ] || [ ! "$broot_child" ] || broot_let_go
  trap - EXIT
  if read -r broot_line <&7; then
    [ ! "$broot_verdict" ] || printf '%s\n' "$broot_verdict" >&8
    [ ! "$broot_tracing" ] || broot_untrace
    exit 0
  fi
  [ "$broot_guarded" ] || exit 0
  [ ! "$broot_first" ] || {
    broot_find_birth "$broot_child"
    [ "$broot_first" != "$broot_born" ] || kill -s KILL "$broot_child"
  }
  # Where it was killed with us before it said anything, what it has started is in its session.
  kill -s KILL -- "-$broot_pid" "$broot_pid"
}
# Which process bubblewrap has started, for us, for who wants its reports, and for the script.
broot_hear() {
  broot_line=
  read -r broot_line <&4 || :
  [ ! "$broot_line" ] || broot_say
  printf 'bubblewrap: %s\n' "$broot_line" >&8
  broot_pick child-pid
  broot_child=$broot_value
}
# A shell that cannot start a process ends, and bubblewrap would wait for ever.
broot_cannot_look() {
  [ "$broot_child" ] || broot_hear
  [ ! "$broot_child" ] || kill -s KILL "$broot_child"
  printf 'denied\t\tno process can be started to look at the mounts\n' >&8
}
# bubblewrap has mounted everything when it waits on the pipe that the watcher holds as descriptor 9: what the kernel has mounted is
# held to what was judged, and a byte lets the program start. bubblewrap can write to that pipe itself, so that nobody's death
# lets the program start; the program does not get it.
broot_hold_back() {
  [ "$broot_holds" ] || return 0
  exec 6<<EOT
pipe
EOT
  read -r broot_line <&6
  # Now bubblewrap finds it.
  exec 9<>/proc/self/fd/6
  exec 6<&-
}
broot_let_go() {
  broot_verdict=
  if [ "$broot_maps" ] && ! broot_map "$broot_child"; then
    :
  elif [ "$broot_status_file" ]; then
    broot_verdict=$(broot_attest "$broot_child" "$$" yes)
  else
    # One line, for which a pipe has room: awk is started without a shell of its own, which is half of what it costs.
    exec 6<<EOT
pipe
EOT
    read -r broot_line <&6
    broot_attest "$broot_child" "$$" '' >/proc/self/fd/6 || :
    IFS= read -r broot_verdict <&6 || :
    exec 6<&-
  fi
  case $broot_verdict in
    ok*)
      [ ! "$broot_tracing" ] || broot_trace
      echo >&9
      ;;
    gone*) ;;
    ?*) kill -s KILL "$broot_child" ;;
    *)
      # Some awks fail when a process is gone while they read about it.
      broot_find_birth "$broot_child"
      broot_verdict=gone
      [ "$broot_born" != "$broot_first" ] || {
        broot_verdict="denied$broot_tab${broot_tab}awk, which compares, has failed"
        kill -s KILL "$broot_child"
      }
      ;;
  esac
  exec 9>&-
}
# In the process that becomes bubblewrap, which gets the pipe under that number.
broot_wait_for_hold() {
  [ "$broot_holds" ] || return 0
  broot_tries=0
  until [ -p "/proc/$broot_watcher/fd/9" ]; do
    broot_tries=$((broot_tries + 1))
    [ "$broot_tries" -lt 1000000 ] || exit 125
  done
  eval "exec $broot_holds<>/proc/$broot_watcher/fd/9"
}
broot_born=
broot_watch() {
  # Pipes without a process or a file: a here-document is one, and can be opened for writing too.
  exec 4<<EOT 7<<EOT 8<<EOT
pipe
EOT
pipe
EOT
pipe
EOT
  [ -p "/proc/$$/fd/7" ] ||
    broot_fail 'here-documents of this shell are files; dash, busybox, or bash 5.1 or newer is needed'
  read -r broot_line <&4
  read -r broot_line <&7
  read -r broot_line <&8
  exec 3>"/proc/$$/fd/7" 5>"/proc/$$/fd/8"
  broot_guard &
  broot_watcher=$!
  exec 7>&3 5>"/proc/$$/fd/4" 3>&-
}

# The time is up, for the program or for its way out. A timer is a shell that waits for its `sleep`. What is killed is that one,
# so that the shell sees it off: an orphan stays for ever where process 1, as in some containers, does not look after it.
broot_stop_timer() {
  [ ! "$broot_timer_pid" ] || {
    broot_sleeper=
    read -r broot_sleeper broot_rest 2>/dev/null <"/proc/$broot_timer_pid/task/$broot_timer_pid/children" || :
    kill -s KILL "${broot_sleeper:-$broot_timer_pid}" 2>/dev/null || :
    # bash would report it later.
    wait "$broot_timer_pid" 2>/dev/null || :
    broot_timer_pid=
  }
}
broot_timer() {
  broot_stop_timer
  # shellcheck disable=SC2016
  setpriv --pdeathsig KILL -- /bin/sh -c \
    '[ "$PPID" = "$0" ] || exit; setpriv --pdeathsig KILL -- sleep "$1" && kill -s ALRM "$0"' $$ "$1" \
    </dev/null >/dev/null 2>&1 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&- &
  broot_timer_pid=$!
}
broot_alarm() {
  if [ "$broot_timed_out$broot_signal" ]; then
    broot_kill
  else
    broot_timed_out=yes
    broot_forward TERM
    broot_timer "${broot_grace:-10}"
  fi
}
broot_timed_out=
trap broot_alarm ALRM

# Waits for the end of a process of ours, whatever signals come meanwhile: broot_result.
broot_outlast() { # PROCESS
  while :; do
    broot_result=0
    wait "$1" || broot_result=$?
    # Where a signal of ours interrupted it, it is still there.
    kill -s 0 "$1" 2>/dev/null || break
  done
}

# Runs the program. What ended it is known from bubblewrap's own account, and where that says nothing, looked into.
broot_supervise() {
  broot_plumbing="--json-status-fd 5${broot_holds:+ --block-fd $broot_holds}${broot_maps:+ --userns-block-fd $broot_holds --info-fd $broot_maps}"
  # A signal that comes before we know whom we started waits until we do.
  broot_starting=yes
  {
    for broot_me in /proc/self/task/*; do :; done
    echo "${broot_me##*/}" >&7
    exec 7>&-
    broot_wait_for_hold
    [ ! "$broot_maps" ] || eval "exec $broot_maps<>/dev/null"
    broot_call "$@"
  } <&3 3<&- 4<&- 6<&- 8<&- 9<&- &
  broot_pid=$!
  exec 3<&- 5>&-
  broot_starting=
  [ ! "$broot_signal" ] || broot_pass_on
  for broot_name in $broot_early; do
    broot_hand_on "$broot_name"
  done
  broot_release
  [ ! "$broot_timeout" ] || broot_timer "$broot_timeout"
  [ ! "$broot_serving" ] || {
    trap broot_look_after CHLD
    broot_look_after
  }
  broot_outlast "$broot_pid"
  trap '' USR1 USR2 WINCH
  [ ! "$broot_serving" ] || {
    trap - CHLD
    # The end of a provider may have come before the status of bubblewrap.
    [ "$broot_result" -le 128 ] || {
      broot_again=0
      wait "$broot_pid" || broot_again=$?
      [ "$broot_again" = 127 ] || broot_result=$broot_again
    }
  }
  broot_stop_timer
  # The watcher may be gone.
  echo ended 2>/dev/null >&7 || :
  exec 7>&-
  broot_learn
  broot_verdict=
  ! IFS= read -r broot_verdict <&8 || [ ! "$broot_status_file" ] || broot_list_mounts
  [ ! "$broot_tracing" ] || broot_tell_denied
  exec 8<&-
  wait "$broot_watcher"
  broot_code=
  while read -r broot_line; do
    broot_say
    broot_pick exit-code
    broot_code=${broot_value:-$broot_code}
  done <&4
  exec 4<&-
  broot_plumbing=
  case $broot_verdict in
    refused*) broot_refuse 'the kernel has mounted something else than what was judged: ' ;;
    denied*) broot_refuse '' ;;
  esac
  if [ "$broot_lost" ]; then
    broot_ended=failed
    broot_code=125
  elif [ "$broot_timed_out" ]; then
    broot_code=124
    broot_ended=timed-out
  elif [ "$broot_ended" ] && [ "$broot_signal" ]; then
    broot_code=$((128 + broot_signal))
  elif [ ! "$broot_code" ] && [ "$broot_signal" ] && [ "$broot_result" -gt 128 ]; then
    # It was told before it became the program.
    broot_ended=killed
    broot_code=$((128 + broot_signal))
  elif [ ! "$broot_code" ] && [ "$broot_handed" ] && [ "$broot_result" -gt 128 ]; then
    # So was this one, by a signal that was handed on.
    broot_ended=signaled
    broot_code=$broot_result
  elif [ ! "$broot_code" ]; then
    # It was killed, its set-up failed, or the program could not be executed: what follows in this script finds out.
    broot_ended=failed
    # A bubblewrap that fails while it starts leaves its first process waiting for it for ever, in its session.
    kill -s KILL -- "${broot_child:--$broot_pid}" 2>/dev/null || :
    [ "$broot_result" -le 128 ] || broot_fail "bubblewrap was ended by signal $((broot_result - 128))"
    # A signal ends us now, and its number may be given to another.
    broot_pid=
    return
  else
    broot_ended=exited
    [ "$broot_code" -le 128 ] || broot_ended=signaled
    case $broot_code in
      # As a shell ends that is given a program for another machine.
      2 | 126 | 127) return ;;
    esac
    # As root, with files of others in a user namespace: they may be why.
    [ ! "$broot_mapped" ] || [ "$broot_code" = 0 ] || [ "$broot_code" -gt 128 ] || [ ! -O /proc/1/. ] || return
  fi
  broot_end
}
broot_refuse() {
  broot_value=${broot_verdict#*"$broot_tab"}
  broot_line_said=${broot_value%%"$broot_tab"*}
  broot_ended=
  broot_fail "$1${broot_value#*"$broot_tab"}"
}
broot_end() {
  [ ! "$broot_debug" ] || [ "$broot_code" = 0 ] || [ "$broot_signal" ] || broot_look_around
  broot_decided=yes
  exit "$broot_code"
}

# A shell in the same root, before it is taken down.
broot_look_around() {
  # Their numbers may be given to others.
  broot_pid=
  broot_child=
  if [ -t 0 ] && [ -t 2 ]; then
    printf 'broot: the run ended with status %s; this is a shell in the same root; leave it with exit\n' "$broot_code" >&2
    trap '' INT QUIT
    (broot_call /bin/sh -i </dev/tty >/dev/tty 2>&1) || :
  else
    echo 'broot: --shell-on-failure opens no shell here: standard input and standard error have to be a terminal' >&2
  fi
}
