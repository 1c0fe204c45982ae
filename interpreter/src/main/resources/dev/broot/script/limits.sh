# Limits. The sandbox as a whole is held by cgroups of this run's own, whose names carry our process and when it started: so
# whoever finds one knows whether its run still lives. Single processes are held by what the process that becomes bubblewrap
# asks of the kernel for itself, and hands down.
broot_cages=
broot_reached=
broot_peak=null
broot_io=io
[ -e /sys/fs/cgroup/cgroup.controllers ] || broot_io=blkio
broot_limited() { # LIMIT BEST-EFFORT REASON
  [ "$2" ] || broot_fail "$1 cannot be held here: $3"
  broot_print "broot: $1 is not held here: $3"
}
broot_cage_name() {
  read -r broot_line <"/proc/$$/stat"
  # shellcheck disable=SC2086
  set -- ${broot_line##*) }
  broot_cage=broot-$$-${20}
}

# Where the kernel keeps our cgroup of a controller, and in which version of its interface.
broot_find_cgroup() {
  broot_version=
  while IFS=: read -r broot_number broot_names broot_path; do
    case ,$broot_names, in
      *",$1,"*)
        broot_version=1
        broot_at=/sys/fs/cgroup/$1
        [ ! -d "$broot_at$broot_path" ] || broot_at=$broot_at${broot_path%/}
        break
        ;;
      ,,)
        [ ! -e /sys/fs/cgroup/cgroup.controllers ] || {
          broot_version=2
          broot_at=$broot_path
        }
        ;;
    esac
  done </proc/self/cgroup
}

# In version 2, the nearest cgroup above us that gives this controller to those below it, and in which we may make one.
broot_find_parent() {
  broot_up=${broot_at%/}
  while :; do
    broot_at=/sys/fs/cgroup$broot_up
    broot_line=
    read -r broot_line <"$broot_at/cgroup.subtree_control" 2>/dev/null || :
    case " $broot_line " in
      *" $1 "*) [ ! -w "$broot_at/cgroup.procs" ] || return 0 ;;
    esac
    [ "$broot_up" ] || return 1
    broot_up=${broot_up%/*}
  done
}

# In version 2 no cgroup that has processes has others below it, so that ours lies beside the caller's: what bounds his, and those
# between, bounds ours too.
broot_take_bounds() {
  broot_up=$broot_own
  while [ "$broot_up" ] && [ "$broot_up" != "${broot_at%/*}" ]; do
    for broot_names in memory.max memory.high memory.swap.max pids.max cpu.weight cpu.max; do
      broot_line=
      { read -r broot_line <"$broot_up/$broot_names"; } 2>/dev/null || continue
      broot_lower "$broot_names" "$broot_line" || return 1
    done
    while read -r broot_line; do
      broot_set io.max "$broot_line" || return 1
    done 2>/dev/null <"$broot_up/io.max" || :
    broot_up=${broot_up%/*}
  done
  broot_line=
  { read -r broot_line <"$broot_own/cpuset.cpus.effective"; } 2>/dev/null || return 0
  [ ! -e "$broot_at/cpuset.cpus" ] || broot_set cpuset.cpus "$broot_line"
}

# Sets what a file of our cgroup bounds, unless it does so more already: AMOUNT, or for cpu.max QUOTA PERIOD.
broot_lower() { # FILE BOUND
  broot_value=$1
  broot_line=
  # shellcheck disable=SC2086
  set -- $2
  [ "$1" != max ] || return 0
  { read -r broot_line <"$broot_at/$broot_value"; } 2>/dev/null || return 1
  case $broot_line in
    max*) ;;
    *\ *) [ "$(($1 * ${broot_line#* }))" -lt "$((${broot_line% *} * $2))" ] || return 0 ;;
    *) [ "$1" -lt "$broot_line" ] || return 0 ;;
  esac
  broot_set "$broot_value" "$*"
}

# Makes the cgroup of a controller, with those of dead runs taken away.
broot_make_cage() {
  broot_find_cgroup "$1"
  broot_own=
  case $broot_version in
    1) ;;
    2)
      broot_own=/sys/fs/cgroup${broot_at%/}
      broot_find_parent "$1" || return 1
      ;;
    *) return 1 ;;
  esac
  for broot_old in "$broot_at"/broot-*-*; do
    [ ! -d "$broot_old" ] || broot_cage_take "$broot_old" || :
  done
  broot_at=$broot_at/$broot_cage
  [ -d "$broot_at" ] || { mkdir -- "$broot_at" 2>/dev/null && broot_take_bounds; } || return 1
  case $broot_cages in
    *"$broot_at
"*) ;;
    *) broot_cages="$broot_cages$broot_at
" ;;
  esac
}

# Where a run whose process is known made its cgroup of a controller.
broot_find_cages() { # CONTROLLER PROCESS
  broot_find_cgroup "$1"
  [ "$broot_version" != 2 ] || broot_find_parent "$1" || return 0
  [ "$broot_version" ] || return 0
  for broot_at in "$broot_at/broot-$2"-*; do
    case $broot_cages in
      *"$broot_at
"*) ;;
      *) [ ! -d "$broot_at" ] || broot_cages="$broot_cages$broot_at
" ;;
    esac
  done
}
broot_set() {
  [ -e "$broot_at/$1" ] && printf '%s\n' "$2" 2>/dev/null >"$broot_at/$1"
}

broot_hold() { # CONTROLLER AMOUNT LIMIT BEST-EFFORT
  broot_make_cage "$1" || {
    broot_limited "$3" "$4" "no cgroup with the controller $1 can be made; \`broot doctor\` says more"
    return 0
  }
  case $1$broot_version in
    memory1)
      broot_set memory.limit_in_bytes "$2" &&
        { broot_set memory.memsw.limit_in_bytes "$2" || broot_no_swap || broot_set memory.swappiness 0; }
      ;;
    memory2) broot_lower memory.max "$2" && { broot_set memory.swap.max 0 || broot_no_swap; } ;;
    pids1) broot_set pids.max "$2" ;;
    pids2) broot_lower pids.max "$2" ;;
    cpu1) broot_set cpu.cfs_period_us 100000 && broot_set cpu.cfs_quota_us "$(($2 * 1000))" ;;
    cpu2) broot_lower cpu.max "$(($2 * 1000)) 100000" ;;
    blkio1) broot_set blkio.weight "$2" || broot_set blkio.bfq.weight "$2" ;;
    io2) broot_set io.weight "$2" || broot_set io.bfq.weight "$2" ;;
  esac || broot_limited "$3" "$4" "the kernel refuses $2 for the controller $1"
}
broot_no_swap() {
  broot_line=
  { read -r broot_line && read -r broot_line; } </proc/swaps 2>/dev/null || broot_line=
  [ ! "$broot_line" ]
}

# A limit takes away only: who is nicer already stays so, and who is killed before others. PROCESS AMOUNT
broot_nice() {
  read -r broot_line <"/proc/$1/stat" || return 1
  broot_process=$1
  broot_amount=$2
  # shellcheck disable=SC2086
  set -- ${broot_line##*) }
  [ "$broot_amount" -ge 0 ] && [ "${17}" -ge "$broot_amount" ] || renice -n "$broot_amount" -p "$broot_process"
}
broot_oom_score() {
  read -r broot_line <"/proc/$1/oom_score_adj" || return 1
  [ "$2" -ge 0 ] && [ "$broot_line" -ge "$2" ] || choom -p "$1" -n "$2"
}

# A limit of setrlimit(2). It is never put above the caller's hard one: a line takes away, and root could so give.
broot_bound() { # PROCESS RESOURCE SOFT HARD
  broot_process=$1
  broot_value=$2
  broot_soft=$3
  broot_hard=$4
  case $2 in
    as) broot_names='Max address space' ;;
    core) broot_names='Max core file size' ;;
    cpu) broot_names='Max cpu time' ;;
    fsize) broot_names='Max file size' ;;
    memlock) broot_names='Max locked memory' ;;
    nofile) broot_names='Max open files' ;;
    nproc) broot_names='Max processes' ;;
    stack) broot_names='Max stack size' ;;
  esac
  while read -r broot_line; do
    case $broot_line in
      "$broot_names "*)
        # shellcheck disable=SC2086
        set -- ${broot_line#"$broot_names "}
        break
        ;;
    esac
  done <"/proc/$broot_process/limits" || return 1
  case $2 in
    unlimited) ;;
    *[!0-9]* | '') return 1 ;;
    *)
      [ "$broot_hard" -le "$2" ] || broot_hard=$2
      [ "$broot_soft" -le "$2" ] || broot_soft=$2
      ;;
  esac
  prlimit --pid "$broot_process" "--$broot_value=$broot_soft:$broot_hard"
}

# In the process that becomes bubblewrap.
broot_join() {
  for broot_me in /proc/self/task/*; do :; done
  broot_me=${broot_me##*/}
  while IFS= read -r broot_at; do
    [ ! "$broot_at" ] || echo 0 >"$broot_at/cgroup.procs" || broot_fail "cannot enter the cgroup $broot_at"
  done <<EOT
$broot_cages
EOT
  broot_limit_process "$broot_me"
}

broot_cage_kill() {
  while read -r broot_old; do
    kill -s KILL "$broot_old" 2>/dev/null || :
  done 2>/dev/null <"$1/cgroup.procs"
}

# What the limits have done, before the cgroups go.
broot_uncage() {
  [ "$broot_cages" ] || return 0
  set --
  while IFS= read -r broot_at; do
    [ "$broot_at" ] || continue
    set -- "$@" "$broot_at"
    read -r broot_peak 2>/dev/null <"$broot_at/memory.max_usage_in_bytes" ||
      read -r broot_peak 2>/dev/null <"$broot_at/memory.peak" || :
    broot_counted memory.oom_control oom_kill memory
    broot_counted memory.events oom_kill memory
    broot_counted pids.events max pids
    # What a program left running is no part of the run any more.
    [ ! -e "$broot_at/cgroup.kill" ] || echo 1 >"$broot_at/cgroup.kill" || :
    broot_cage_kill "$broot_at"
  done <<EOT
$broot_cages
EOT
  broot_tries=0
  # The kernel sees off what was killed, which takes its time where many processes wait for a processor.
  until rmdir -- "$@" 2>/dev/null || [ "$broot_tries" = 200 ]; do
    [ "$broot_tries" -lt 5 ] || sleep 0.02
    for broot_at; do
      shift
      broot_cage_remove "$broot_at" || {
        # A program that may write there can have made others in it.
        find "$broot_at" -mindepth 1 -type d 2>/dev/null | while IFS= read -r broot_line; do
          broot_cage_kill "$broot_line"
        done
        set -- "$@" "$broot_at"
      }
    done
    [ "$#" != 0 ] || break
    broot_tries=$((broot_tries + 1))
  done
  [ "$broot_tries" != 200 ] || printf 'broot: the cgroups of this run cannot be removed yet; the next run does it\n' >&2
  broot_cages=
}

# Which of them ended the run, or would not let it go on.
broot_tell_limits() {
  [ "$1" != 152 ] || broot_reached="$broot_reached cpu-time"
  for broot_value in $broot_reached; do
    broot_line=
    broot_limit_said "$broot_value"
    case $broot_line:$broot_value in
      :*) ;;
      *:memory) broot_print "broot: the kernel ended a process for want of memory: $broot_line" ;;
      *:pids) broot_print "broot: the kernel refused a new process: $broot_line" ;;
      *:cpu-time) broot_print "broot: the program is out of processor time: $broot_line" ;;
    esac
  done
}
broot_counted() { # FILE WORD LIMIT
  [ -e "$broot_at/$1" ] || return 0
  while read -r broot_key broot_value; do
    [ "$broot_key" != "$2" ] || [ "$broot_value" = 0 ] || broot_reached="$broot_reached $3"
  done <"$broot_at/$1"
}
