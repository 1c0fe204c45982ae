#!/bin/sh
# The build root test, compiled by broot TEST. Its arguments are the program's.
# shellcheck disable=SC2015,SC2034,SC2317,SC3013  # its parts stand by themselves, and traps call functions

# Descriptors that our caller passes, as NAME=NUMBER, and the one that hears what bubblewrap reports.
broot_passed=''
broot_relay=

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

# Who we are to the kernel.
while read -r broot_key broot_value broot_rest; do
  case $broot_key in
    Uid:)
      broot_uid=${broot_rest%%[!0-9]*}
      # The rest was looked at before we came here.
      [ "${BROOT_NAMESPACE-}" != $$ ] || break
      ;;
    CapEff:) broot_caps=$broot_value ;;
    Seccomp:) break ;;
  esac
done </proc/self/status

broot_reason='base:osbuild-2020:33 sets up the host'

# Mounting needs CAP_SYS_ADMIN, which is bit 21 of the effective capabilities.
[ "${BROOT_NAMESPACE-}" = $$ ] || case $broot_caps in
  *[2367abef]?????) ;;
  *) broot_fail "root is needed: $broot_reason" ;;
esac

# The program gets the caller's environment byte for byte. A shell sets PWD and loses variables whose names it does not
# accept; where that would happen, the environment is taken from the kernel and given on with `env -i`. A process that has our
# environment as we got it looks at it while we go on, and answers on descriptor 7.
if [ "${BROOT_NAMESPACE-}" != $$ ] && [ "${BROOT_HANDED-}" != $$ ]; then
  broot_odd='PWD=|[^=]*[^A-Za-z0-9_=]|[0-9=]|broot_|BROOT_|(IFS|OPTIND|LINENO|PPID|PS[124])='
  exec 7<<EOT
pipe
EOT
  [ -p "/proc/$$/fd/7" ] ||
    broot_fail 'here-documents of this shell are files; dash, busybox, or bash 5.1 or newer is needed'
  read -r broot_line <&7
  exec 6>"/proc/$$/fd/7"
  (
    exec 7<&-
    for broot_me in /proc/self/task/*; do :; done
    broot_me=${broot_me##*/}
    if [ "${BASH_VERSION-}$broot_closing" ] ||
      [ "$(LC_ALL=C grep -azE "^($broot_odd)" "/proc/$broot_me/environ")" != "PWD=$PWD" ]; then
      echo odd
      LC_ALL=C sed -z "/^[^=]\{1,\}=/!d; s/'/'\\\\''/g; s/^/'/; s/\$/'/" "/proc/$broot_me/environ" | LC_ALL=C tr '\0' ' '
    else
      echo plain
    fi
  ) >&6 3<&- 4<&- 5<&- 6>&- 8<&- 9<&- &
  exec 6>&-
fi
broot_learn_environment() {
  broot_environment=
  read -r broot_line <&7 || broot_fail 'the environment cannot be read'
  [ "$broot_line" = plain ] || broot_environment=$(cat <&7)
  exec 7<&-
}

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

# Directories that are bound where they are, and are no symlinks.
broot_if1=
if [ -d /srv/tree/boot ] && [ ! -L /srv/tree/boot ]; then broot_if1=yes; fi
broot_if2=
if [ -d /srv/tree/usr ] && [ ! -L /srv/tree/usr ]; then broot_if2=yes; fi

# Where the host's Python keeps a module. The directory we are in does not count.
broot_find_module() {
  broot_module=$(python3 -c '
import sys
sys.path[:] = [p for p in sys.path if p]
import importlib.util, os
spec = importlib.util.find_spec(sys.argv[1])
if spec is None or spec.origin is None:
    sys.exit(1)
sys.stdout.buffer.write(os.fsencode(os.path.dirname(spec.origin)) + b"/")
' "$1") || broot_fail "python3 has no module $1, whose directory is to be bound"
  broot_module=${broot_module%/}
}
broot_module_osbuild=
broot_find_module osbuild && broot_module_osbuild=$broot_module

broot_timeout=
broot_grace=
broot_status_file=

# bubblewrap runs as a child of ours in a session of its own, so that a Ctrl-C does not end it before the program has heard
# of it.
broot_clean() {
  # Who hears what bubblewrap reports is no business of the program's.
  [ ! "$broot_relay" ] || eval "exec $broot_relay>&-"
  # shellcheck disable=SC2016
  [ ! "$broot_closing" ] || exec "$broot_shell" -c "$broot_closing"'exec "$@"' sh env --default-signal "$@"
  exec env --default-signal "$@"
}
broot_pid=
broot_child=
broot_signal=
broot_starting=
broot_ended=
broot_plumbing=
broot_probe=
broot_timer_pid=
broot_serving=
broot_lost=

# bubblewrap tells on descriptor 4 which process is the sandbox's first, and how the program ended.
broot_number() {
  broot_value=${broot_line#*"\"$1\": "}
  broot_value=${broot_value%%[!0-9]*}
}
broot_learn() {
  [ "$broot_child" ] || {
    read -r broot_line <&8 || :
    broot_number child-pid
    broot_child=$broot_value
  }
}

# When a process was started tells it from a later one of the same number.
broot_born() {
  broot_born=
  read -r broot_value <"/proc/$1/stat" || return
  # shellcheck disable=SC2086
  set -- ${broot_value##*) }
  broot_born=${20}
}

# bubblewrap asks the kernel late to end the sandbox with it: until then, `kill -9` of us would leave the program running. So
# a process of ours, which hears from bubblewrap first, watches: descriptor 7 ends with us, and says before if all is well.
broot_guard() {
  trap '' HUP INT QUIT TERM
  # Not at the call: a shell keeps what a redirection closes there, and what is kept here would never end.
  exec </dev/null >/dev/null 2>&1 8>&5 3>&- 5>&- 6>&- 9>&-
  broot_release
  read -r broot_pid <&7 || exit 0
  broot_line=
  read -r broot_line <&4
  exec 4<&-
  [ ! "$broot_line" ] || broot_say
  [ ! "$broot_relay" ] || eval "exec $broot_relay>&-"
  printf '%s\n' "$broot_line" >&8
  exec 8>&-
  broot_number child-pid
  broot_child=$broot_value
  [ ! "$broot_child" ] || broot_born "$broot_child"
  broot_first=$broot_born
  ! read -r broot_line <&7 && [ "$broot_guarded" ] || exit 0
  [ ! "$broot_first" ] || {
    broot_born "$broot_child"
    [ "$broot_first" != "$broot_born" ] || kill -s KILL "$broot_child"
  }
  # Where it was killed with us before it said anything, what it has started is in its session.
  kill -s KILL -- "-$broot_pid" "$broot_pid"
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
  exec 7>&3 5>"/proc/$$/fd/4" 3>&-
}

# The program is the first child of the sandbox's pid 1, which itself ignores signals; without a PID namespace that process
# is the program. Where there is no program yet, there is nothing to be told: the sandbox goes.
broot_forward() {
  broot_learn
  broot_program=$broot_child
  if [ "$broot_pid1" ]; then
    broot_program=
    read -r broot_program broot_rest 2>/dev/null <"/proc/$broot_child/task/$broot_child/children" || :
  fi
  if [ "$broot_program" ]; then
    kill -s "$1" "$broot_program" 2>/dev/null || :
  else
    broot_kill
  fi
}
broot_kill() {
  broot_learn
  broot_ended=killed
  kill -s KILL "${broot_child:--$broot_pid}" 2>/dev/null || kill -s KILL "$broot_pid" 2>/dev/null || :
}

# The first signal is passed on; the second one kills.
broot_caught() {
  if [ "$broot_signal" ]; then
    [ ! "$broot_pid" ] || broot_kill
    return
  fi
  broot_signal=$2
  broot_name=$1
  if [ "$broot_pid" ]; then
    broot_pass_on
  elif [ ! "$broot_starting" ]; then
    exit $((128 + $2))
  fi
}
broot_pass_on() {
  broot_forward "$broot_name"
  [ ! "$broot_grace" ] || broot_timer "$broot_grace"
}
trap '' PIPE
trap 'broot_caught HUP 1' HUP
trap 'broot_caught INT 2' INT
trap 'broot_caught QUIT 3' QUIT
trap 'broot_caught TERM 15' TERM

# The time is up, for the program or for its way out.
broot_stop_timer() {
  [ ! "$broot_timer_pid" ] || {
    kill -s KILL "$broot_timer_pid" 2>/dev/null || :
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

# Runs the program. What ended it is known from bubblewrap's own account, and where that says nothing, looked into.
broot_supervise() {
  broot_plumbing='--json-status-fd 5'
  # A signal that comes before we know whom we started waits until we do.
  broot_starting=yes
  {
    for broot_me in /proc/self/task/*; do :; done
    echo "${broot_me##*/}" >&7
    exec 7>&-
    broot_call "$@"
  } <&3 3<&- 4<&- 6<&- 8<&- 9<&- &
  broot_pid=$!
  exec 3<&- 5>&-
  broot_starting=
  [ ! "$broot_signal" ] || broot_pass_on
  broot_release
  broot_meanwhile
  [ ! "$broot_timeout" ] || broot_timer "$broot_timeout"
  [ ! "$broot_serving" ] || {
    trap broot_look_after CHLD
    broot_look_after
  }
  while :; do
    broot_result=0
    wait "$broot_pid" || broot_result=$?
    # Where a signal of ours interrupted it, it is still there.
    kill -s 0 "$broot_pid" 2>/dev/null || break
  done
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
  echo ended >&7
  exec 7>&-
  broot_learn
  exec 8<&-
  broot_code=
  while read -r broot_line; do
    broot_say
    broot_number exit-code
    broot_code=${broot_value:-$broot_code}
  done <&4
  exec 4<&-
  broot_plumbing=
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
  elif [ ! "$broot_code" ]; then
    broot_explain "$@"
  else
    broot_ended=exited
    [ "$broot_code" -le 128 ] || broot_ended=signaled
  fi
  [ ! "$broot_debug" ] || [ "$broot_code" = 0 ] || [ "$broot_signal" ] || broot_look_around
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
  fi
}

# bubblewrap gave no exit code: it was killed, its set-up failed, or the program could not be executed. The last two are told
# apart by asking for the program's path as a directory, in the same sandbox.
broot_explain() {
  broot_ended=failed
  # A bubblewrap that fails while it starts leaves its first process waiting for it for ever, in its session.
  kill -s KILL "${broot_child:--$broot_pid}" 2>/dev/null || :
  if [ "$broot_result" -gt 128 ]; then
    broot_fail "bubblewrap was ended by signal $((broot_result - 128))"
  fi
  # A signal ends us now, and its number may be given to another.
  broot_pid=
  [ "$broot_child" ] || broot_fail 'bubblewrap could not start; its own message stands above'
  broot_found=
  case $1 in
    /*) broot_look "$1" ;;
    */*) broot_look "${broot_chdir:-$PWD}/$1" ;;
    *)
      set -f
      IFS=:
      for broot_directory in ${broot_path:-/bin:/usr/bin}; do
        unset IFS
        broot_look "${broot_directory:-.}/$1"
        [ ! "$broot_found" ] || break
      done
      unset IFS
      set +f
      ;;
  esac
  broot_ended=not-executed
  if [ "$broot_found" ]; then
    broot_code=126
    printf 'broot: %s cannot be executed in the sandbox\n' "$1" >&2
  else
    broot_code=127
    printf 'broot: %s is not there in the sandbox\n' "$1" >&2
  fi
}
broot_look() {
  broot_probe=$1
  broot_message=$(broot_call /proc/self/broot-probe </dev/null 2>&1 >/dev/null 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-)
  case $broot_message in
    *'chdir to '*': No such file or directory') ;;
    *'chdir to '* | *'execvp /proc/self/broot-probe'*) broot_found=yes ;;
    *) broot_fail 'bubblewrap could not set up the sandbox; its own message stands above' ;;
  esac
}

# Taking down says what it could not do, and turns a success into 125.
broot_left() {
  printf 'broot: %s\n' "$*" >&2
  [ "$broot_status" != 0 ] || broot_status=125
}
broot_unmount() {
  [ ! "$2" ] || umount --lazy -- "$1" || broot_left "cannot unmount $1"
}
# A directory that is removed in another mount namespace is unmounted in ours (since Linux 3.18), without a process that
# does it. Where that cannot be, both are done one by one.
broot_remove_outside() {
  nsenter --mount="/proc/$$/fd/9" -- rm -rf --one-file-system -- "$@" 2>/dev/null && [ ! -e "$broot_entry" ]
}
broot_remove() {
  rm -rf --one-file-system -- "$@" || {
    broot_left "cannot remove all of $*"
    # For the next run, or `broot gc`: nobody holds the lock of what is written here.
    (printf '%s\0' "$@" >"$broot_entry") 2>/dev/null || :
  }
}
broot_teardown() {
  broot_status=$?
  trap '' HUP INT QUIT TERM ALRM
  trap - EXIT
  broot_undo
  [ ! "$broot_status_file" ] || broot_report "$broot_status"
  exit "$broot_status"
}
broot_undo() {
  :
  [ ! "$broot_entry" ] || broot_remove_outside "$broot_tmp_var" "$broot_tmp_dev" "$broot_tmp_api" "$broot_entry" || {
    broot_unmount "$broot_tmp_dev" "$broot_tmp_dev_mounted"
    broot_remove "$broot_tmp_var" "$broot_tmp_dev" "$broot_tmp_api" "$broot_entry"
  }
}
broot_tmp_api=
broot_tmp_dev=
broot_tmp_var=
broot_tmp_dev_mounted=
broot_entry=
trap broot_teardown EXIT

# A directory in which somebody else can replace what is ours is not used. In front of the directories stand device nodes of
# the host, as many as the first argument says, whose numbers are noted: to ask for them later would cost a process.
broot_trust() {
  broot_count=$1
  shift
  broot_nodes=
  broot_facts=$(stat -c '%u %a %t:%T %F' -- "$@" 2>/dev/null) || {
    shift "$broot_count"
    broot_count=0
    broot_facts=$(stat -c '%u %a %t:%T %F' -- "$@") || broot_fail "cannot use $*"
  }
  while read -r broot_owner broot_mode broot_number broot_kind; do
    if [ "$broot_count" -gt 0 ]; then
      broot_nodes="$broot_nodes $broot_number"
      broot_count=$((broot_count - 1))
    else
      [ "$broot_kind" = directory ] || broot_fail "$1 is a $broot_kind; name a directory itself"
      [ "$broot_owner" = 0 ] || [ "$broot_owner" = "$broot_uid" ] || broot_fail "$1 belongs to another user"
      [ "$((0$broot_mode & 022))" = 0 ] || [ "$((0$broot_mode & 01000))" != 0 ] ||
        broot_fail "others can rename what lies in $1; take away their right to write, or set the sticky bit"
    fi
    shift
  done <<EOT
$broot_facts
EOT
}

# Each run has an entry in a directory of ours, locked as long as we live, with the paths of its temporary directories. An
# entry without a lock is what a killed run has left; `broot gc` and, a few at a time, the next runs take it away.
if [ "$broot_uid" = 0 ]; then
  broot_state=/run/broot
elif [ "${XDG_RUNTIME_DIR-}" ]; then
  broot_state=$XDG_RUNTIME_DIR/broot
else
  broot_state=/tmp/.broot-$broot_uid
fi
broot_collect() {
  (
    exec 6<"$1" || exit 0
    flock -n 6 || exit 0
    [ "$1" -ef /proc/self/fd/6 ] || exit 0
    # One that is empty has been made a moment ago, or by a run that was killed then: their age tells them apart.
    [ -s "$1" ] || [ "$(find "$1" -mmin +1)" ] || exit 0
    # A bubblewrap whose first process was killed while it started waits for it for ever. Its arguments tell whose it was.
    broot_stuck=$(grep -lsaF -e "${1##*/}" -- /proc/[0-9]*/cmdline)
    for broot_file in $broot_stuck; do
      broot_file=${broot_file%/cmdline}
      [ ! "$broot_file/exe" -ef "$(command -v bwrap)" ] || kill -s KILL "${broot_file#/proc/}"
    done
    # So does the environment of a provider.
    broot_stuck=$(grep -lsaF -e "BROOT_PROVIDER=${1##*/}" -- /proc/[0-9]*/environ)
    for broot_file in $broot_stuck; do
      broot_file=${broot_file%/environ}
      kill -s KILL "${broot_file#/proc/}"
    done
    xargs -0r rm -rf --one-file-system -- <&6 && rm -f -- "$1"
  ) 2>/dev/null
}
broot_lock() {
  broot_tries=0
  for broot_old in "$broot_state"/*; do
    [ ! -f "$broot_old" ] || [ ! -s "$broot_old" ] || [ "$broot_tries" = 3 ] || {
      broot_collect "$broot_old" || :
      broot_tries=$((broot_tries + 1))
    }
  done
  set -C
  # Without `command` a shell would end here with a status of its own.
  command exec 6>"$broot_entry" || broot_fail "cannot write $broot_entry"
  set +C
  # Somebody who looks for what killed runs have left may have it for a moment.
  flock -w 10 6 &
  broot_locking=$!
}
broot_claim() {
  wait "$broot_locking" || broot_fail "cannot lock $broot_entry"
  [ "$broot_entry" -ef "/proc/$$/fd/6" ] || broot_fail "$broot_entry was taken away"
  printf '%s\0' "$@" >&6 || broot_fail "cannot write $broot_entry"
}

# mkdtemp: new directories that only we can enter.
broot_mkdtemp() {
  mkdir -m 0700 -- "$@" || broot_fail "cannot make the temporary directory $*"
}

# mknod: the mode is cut by the umask, as mknod(2) does.
broot_mknod() {
  if [ "$4" = 0666 ]; then
    # Which is what mknod does by itself.
    mknod -- "$1" c "$2" "$3" || broot_fail "cannot make the device node $1"
    return
  fi
  mknod -m "$(printf '%04o' $((0$4 & ~0$(umask))))" -- "$1" c "$2" "$3" || broot_fail "cannot make the device node $1"
}

# The same for nodes of mode 0666 that the host has, in one process: FROM... TO.
broot_copy_nodes() {
  cp -R --no-preserve=mode -- "$@" || broot_fail "cannot make the device nodes $*"
}

# The host's device on an empty file; where there is none and that is fine, nothing.
broot_device() {
  [ "${3-}" = '' ] || [ -e "/dev/$2" ] || return 0
  [ -c "/dev/$2" ] || broot_fail "/dev/$2 is not a device"
  (: >"$1/$2") && mount --bind -- "/dev/$2" "$1/$2" || broot_fail "cannot bind the device /dev/$2"
}

# A directory in a temporary one, with its parents.
broot_mkdir() {
  mkdir -p ${1:+-m "$1"} -- "$2" || broot_fail "cannot make the directory $2"
}
broot_write() {
  (printf %s "$2" >"$1") || broot_fail "cannot write $1"
}

# Set up.
[ -d "$broot_state" ] || mkdir -m 0700 -- "$broot_state" || [ -d "$broot_state" ] ||
  broot_fail "cannot make the directory $broot_state"
[ -O "$broot_state" ] && [ ! -h "$broot_state" ] || broot_fail "$broot_state belongs to another user"
read -r broot_id </proc/sys/kernel/random/uuid
broot_tmp_api=/run/osbuild/osbuild-api-"$broot_id"
broot_tmp_dev=/run/osbuild/osbuild-dev-"$broot_id"
broot_tmp_var=/var/tmp/osbuild-var-"$broot_id"
broot_entry=$broot_state/$broot_id
broot_lock
broot_trust 6 /dev/full /dev/null /dev/random /dev/urandom /dev/tty /dev/zero "$broot_state" /run/osbuild /var/tmp
broot_claim "$broot_tmp_api" "$broot_tmp_dev" "$broot_tmp_var"
broot_mkdtemp "$broot_tmp_api" "$broot_tmp_dev" "$broot_tmp_var"
broot_tmp_dev_mounted=yes
mount -t tmpfs -o nosuid none "$broot_tmp_dev" || {
  broot_tmp_dev_mounted=
  broot_fail 'cannot mount a tmpfs on' "$broot_tmp_dev"
}
if [ "$broot_nodes" = ' 1:7 1:3 1:8 1:9 5:0 1:5' ]; then
  broot_copy_nodes /dev/full /dev/null /dev/random /dev/urandom /dev/tty /dev/zero "$broot_tmp_dev"
else
  broot_mknod "$broot_tmp_dev"/full 1 7 0666
  broot_mknod "$broot_tmp_dev"/null 1 3 0666
  broot_mknod "$broot_tmp_dev"/random 1 8 0666
  broot_mknod "$broot_tmp_dev"/urandom 1 9 0666
  broot_mknod "$broot_tmp_dev"/tty 5 0 0666
  broot_mknod "$broot_tmp_dev"/zero 1 5 0666
fi

# Run.
broot_learn_environment
broot_guarded=yes
broot_watch
exec 3</dev/null
broot_pid1=yes
broot_chdir=/
broot_path=/usr/sbin:/usr/bin
broot_start() {
  if [ "$broot_environment" ]; then
    eval "broot_clean -i $broot_environment setsid \"\$@\""
  else
    broot_clean setsid "$@"
  fi
}
broot_call() {
  # shellcheck disable=SC2086
  broot_start "$broot_bwrap" $broot_plumbing \
    --cap-add CAP_MAC_ADMIN \
    --chdir / \
    --die-with-parent \
    --new-session \
    --setenv PATH /usr/sbin:/usr/bin \
    --setenv PYTHONPATH /run/osbuild/lib \
    --unshare-ipc \
    --unshare-pid \
    ${broot_if1:+--ro-bind /srv/tree/boot /boot} \
    ${broot_if2:+--ro-bind /srv/tree/usr /usr} \
    --symlink usr/lib /lib \
    --symlink usr/lib64 /lib64 \
    --symlink usr/bin /bin \
    --symlink usr/sbin /sbin \
    --dev-bind "$broot_tmp_dev" /dev \
    --tmpfs /dev/shm \
    --dir /etc \
    --tmpfs /run \
    --tmpfs /tmp \
    --bind "$broot_tmp_var" /var \
    --proc /proc \
    --bind /sys /sys \
    --ro-bind /usr/lib/osbuild /run/osbuild/lib \
    --ro-bind "$broot_module_osbuild" /run/osbuild/lib/osbuild \
    --bind '/a b' '/c'\''d' \
    --dir /run/osbuild/api \
    ${broot_probe:+--chdir "$broot_probe"} \
    -- "$@"
}
broot_debug=
broot_supervise /run/osbuild/lib/runners/r "$@"
