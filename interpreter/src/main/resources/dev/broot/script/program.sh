# Why a program cannot be executed. A sandbox is made that waits before it starts the program, and its files are looked at through
# /proc, as the program would find them.

# broot_inside is its root as we see it, or empty where we may not see it.
broot_enter() {
  exec 7<<EOT 8<<EOT
pipe
EOT
pipe
EOT
  read -r broot_line <&7
  read -r broot_line <&8
  broot_words=
  broot_each_step broot_add_step "$broot_all"
  # A pipe without a writer would be at its end.
  exec 6>"/proc/$$/fd/7" 9>"/proc/$$/fd/8"
  # It says on descriptor 1 which process it is, and waits as long as descriptor 0 is silent: ours, which is never written to.
  {
    broot_open &&
      eval "broot_start \"\$broot_bwrap\" --info-fd 1 --block-fd 0 $broot_words --chdir / -- /proc/self/broot-probe"
  } <&8 >&6 2>/dev/null 6>&- 7<&- 8<&- 9>&- &
  broot_entered=$!
  exec 6>&- 8<&-
  broot_first=
  while [ ! "$broot_first" ] && read -r broot_line <&7; do
    case $broot_line in
      *'"child-pid": '*)
        broot_first=${broot_line#*'"child-pid": '}
        broot_first=${broot_first%%[!0-9]*}
        ;;
    esac
  done
  # Descriptor 7 stays open: bubblewrap still writes.
  broot_inside=/proc/$broot_first/root
  [ "$broot_first" ] && [ -d "$broot_inside/." ] || broot_inside=
  # All is there when it waits for a byte from descriptor 0: twice the same, since others may look alike for a moment.
  broot_tries=0
  broot_seen=
  while [ "$broot_inside" ] && [ "$broot_tries" -lt 50 ]; do
    broot_line=
    read -r broot_line 2>/dev/null <"/proc/$broot_first/syscall" || :
    # shellcheck disable=SC2086
    set -- $broot_line 1 2 3 4
    if [ "$2 $4" = '0x0 0x1' ]; then
      [ "$broot_line" != "$broot_seen" ] || break
      broot_seen=$broot_line
    fi
    broot_tries=$((broot_tries + 1))
    sleep 0.02
  done
}
broot_leave() {
  [ ! "$broot_first" ] || kill -s KILL "$broot_first" 2>/dev/null || :
  kill -s KILL -- "-$broot_entered" 2>/dev/null || :
  wait "$broot_entered" 2>/dev/null || :
  exec 7<&- 9>&-
}

# Follows a path of the sandbox through its symlinks: broot_resolved, or failure with broot_lacking, the first part that is not
# there.
broot_resolve() {
  broot_todo=$1/
  broot_resolved=
  broot_links=0
  while [ "$broot_todo" ]; do
    broot_name=${broot_todo%%/*}
    broot_todo=${broot_todo#*/}
    case $broot_name in
      '' | .) continue ;;
      ..)
        broot_resolved=${broot_resolved%/*}
        continue
        ;;
    esac
    broot_part=$broot_resolved/$broot_name
    if [ -L "$broot_inside$broot_part" ] && [ "$broot_links" -lt 40 ]; then
      broot_links=$((broot_links + 1))
      broot_value=$(readlink -- "$broot_inside$broot_part")
      case $broot_value in
        /*) broot_resolved= ;;
      esac
      broot_todo=$broot_value/$broot_todo
    elif [ -e "$broot_inside$broot_part" ]; then
      broot_resolved=$broot_part
    else
      broot_lacking=$broot_part
      return 1
    fi
  done
  broot_resolved=${broot_resolved:-/}
}

# What kind of processor a program is for: its number in the ELF header, with the width of a word and the order of its bytes.
broot_machine() {
  broot_machine_of=
  # shellcheck disable=SC2046
  set -- $(od -An -v -tu1 -N 20 -- "$1" 2>/dev/null)
  [ "$#" = 20 ] && [ "$1 $2 $3 $4" = '127 69 76 70' ] || return 1
  if [ "$6" = 2 ]; then
    broot_machine_of="$((${19} * 256 + ${20})) $5 $6"
  else
    broot_machine_of="$((${20} * 256 + ${19})) $5 $6"
  fi
}
broot_name_machine() {
  case ${1%% *} in
    3) broot_thing='i386' ;;
    8) broot_thing='MIPS' ;;
    20) broot_thing='PowerPC' ;;
    21) broot_thing='PowerPC 64' ;;
    22) broot_thing='s390x' ;;
    40) broot_thing='arm' ;;
    62) broot_thing='x86_64' ;;
    183) broot_thing='aarch64' ;;
    243) broot_thing='riscv' ;;
    258) broot_thing='loongarch' ;;
    *) broot_thing="the processor of number ${1%% *}" ;;
  esac
}
# Whether a file is a program for another processor, which nothing here emulates.
broot_is_other_machine() {
  broot_machine "/proc/$$/exe" || return 1
  broot_ours=$broot_machine_of
  broot_machine "$1" || return 1
  case "${broot_ours%% *} ${broot_machine_of%% *}" in
    '62 3' | '183 40' | '21 20' | '22 22') return 1 ;;
  esac
  [ "$broot_ours" != "$broot_machine_of" ] || return 1
  for broot_file in /proc/sys/fs/binfmt_misc/qemu-* /proc/sys/fs/binfmt_misc/rosetta; do
    [ ! -e "$broot_file" ] || return 1
  done
  broot_name_machine "$broot_machine_of"
  broot_cause="$2 is a program for $broot_thing"
  broot_name_machine "$broot_ours"
  broot_cause="$broot_cause, and this machine is $broot_thing"
  broot_cure='take the one that is built for this machine'
}

# The loader that a program names: the text of its PT_INTERP header, of the byte order and the width of this machine.
broot_loader() {
  broot_loader_of=
  # shellcheck disable=SC2046
  set -- "$1" $(od -An -v -tu1 -j 4 -N 1 -- "$1") $(od -An -v -tu2 -j 54 -N 4 -- "$1") $(od -An -v -tu2 -j 42 -N 4 -- "$1") \
    $(od -An -v -tu8 -j 32 -N 8 -- "$1") $(od -An -v -tu4 -j 28 -N 4 -- "$1")
  if [ "$2" = 2 ]; then
    set -- "$1" 2 "$3" "$4" "$7"
  else
    set -- "$1" 1 "$5" "$6" "$8"
  fi
  broot_count=0
  while [ "$broot_count" -lt "$4" ] && [ "$broot_count" -lt 64 ]; do
    broot_at_byte=$(($5 + broot_count * $3))
    broot_value=$(od -An -v -tu4 -j "$broot_at_byte" -N 4 -- "$1")
    if [ "$((broot_value))" = 3 ]; then
      if [ "$2" = 2 ]; then
        # shellcheck disable=SC2046
        set -- "$1" $(od -An -v -tu8 -j $((broot_at_byte + 8)) -N 8 -- "$1") $(od -An -v -tu8 -j $((broot_at_byte + 32)) -N 8 -- "$1")
      else
        # shellcheck disable=SC2046
        set -- "$1" $(od -An -v -tu4 -j $((broot_at_byte + 4)) -N 4 -- "$1") $(od -An -v -tu4 -j $((broot_at_byte + 16)) -N 4 -- "$1")
      fi
      broot_loader_of=$(tail -c +"$(($2 + 1))" -- "$1" 2>/dev/null | head -c "$3" | tr -d '\000')
      return 0
    fi
    broot_count=$((broot_count + 1))
  done
}

# The line that would bring something of the host.
broot_bring() {
  if [ -e "$1" ]; then
    broot_cure="add the line \`bind ro $1 -> $1\`"
    case $1 in
      /lib64/* | /lib/* | /lib32/* | /libx32/*)
        broot_value=/${1#/}
        broot_value=/$(printf %s "${broot_value#/}" | cut -d / -f 1)
        if [ -L "$broot_value" ]; then
          broot_cure="add the line \`symlink $(readlink -- "$broot_value") -> $broot_value\`, or start from \`base host\`"
        else
          broot_cure="add the line \`bind ro $broot_value -> $broot_value\`, or start from \`base host\`"
        fi
        ;;
    esac
  else
    broot_cure="the host has no $1 either"
  fi
}

# Why the kernel does not execute a file of the sandbox, which is there: $1 is what it is called, $2 its path.
broot_examine() {
  broot_file=$broot_inside$2
  if [ -d "$broot_file" ]; then
    broot_cause="$1 is a directory"
    broot_cure='name a program in it'
  elif [ ! -f "$broot_file" ]; then
    broot_name_kind "$broot_file"
    broot_cause="$1 is $broot_thing"
    broot_cure='name a program'
  elif [ ! -x "$broot_file" ]; then
    broot_value=$(stat -c %a -- "$broot_file")
    case $broot_value in
      *[1357]*)
        broot_cause="$1 lies on a file system that is mounted noexec, or only others may execute it (mode $broot_value)"
        broot_cure='put it on another file system, or change its mode'
        ;;
      *)
        broot_cause="$1 is not executable (mode $broot_value)"
        broot_cure="run \`chmod a+x\` on it on the host, or start it with its interpreter"
        ;;
    esac
  elif broot_is_other_machine "$broot_file" "$1"; then
    :
  elif broot_machine "$broot_file"; then
    broot_loader "$broot_file"
    if [ "$broot_loader_of" ] && ! broot_resolve "$broot_loader_of"; then
      broot_cause="$1 needs the loader $broot_loader_of, which is not there in the sandbox"
      broot_bring "$broot_loader_of"
    fi
  else
    broot_line=$(head -c 250 -- "$broot_file" 2>/dev/null | head -n 1 | tr -d '\000')
    case $broot_line in
      '#!'*)
        broot_line=${broot_line#'#!'}
        broot_line=${broot_line#"${broot_line%%[! 	]*}"}
        broot_interpreter=${broot_line%%[ 	]*}
        case $broot_interpreter in
          *"$(printf '\r')")
            broot_cause="the first line of $1 ends in a carriage return, so that its interpreter is not found"
            broot_cure='save it with line ends of Unix'
            return 0
            ;;
        esac
        if ! broot_resolve "$broot_interpreter"; then
          broot_cause="$1 is a script for $broot_interpreter, which is not there in the sandbox"
          broot_bring "$broot_interpreter"
        elif [ "$broot_depth" -lt 4 ]; then
          broot_depth=$((broot_depth + 1))
          broot_examine "$broot_interpreter, the interpreter of $1," "$broot_resolved"
        fi
        ;;
      *)
        broot_cause="$1 is neither a program nor a script with \`#!\` in its first line"
        broot_cure='write `#!/bin/sh` or the path of its interpreter there'
        ;;
    esac
  fi
}

# Where the kernel and bubblewrap look for a program: calls $1 with each path of the sandbox until it succeeds.
broot_candidates() {
  broot_wanted=$2
  case $2 in
    /*) "$1" "$2" ;;
    */*) "$1" "${broot_chdir:-$PWD}/$2" ;;
    *)
      set -f
      IFS=:
      # shellcheck disable=SC2086
      set -- "$1" ${broot_path:-/bin:/usr/bin}
      unset IFS
      set +f
      broot_looker=$1
      shift
      for broot_directory; do
        ! "$broot_looker" "${broot_directory:-.}/$broot_wanted" || return 0
      done
      return 1
      ;;
  esac
}
broot_is_inside() {
  if [ "$broot_inside" ]; then
    broot_resolve "$1"
  else
    # Where we may not look, the path is asked for as a directory.
    broot_try "$broot_all" --chdir "$1" && broot_resolved=$1 && return 0
    case $broot_message in
      *': No such file or directory') return 1 ;;
    esac
    broot_resolved=$1
  fi
}

broot_explain_program() {
  broot_cause=
  broot_cure=
  broot_depth=0
  broot_enter
  broot_ended=not-executed
  if [ ! "$1" ]; then
    broot_code=127
    broot_value='the name of the program is empty'
    broot_cure='name one, and quote a variable only where it is set'
  elif broot_candidates broot_is_inside "$1"; then
    broot_code=126
    [ ! "$broot_inside" ] || broot_examine "$1" "$broot_resolved"
    broot_value="$1 cannot be executed in the sandbox"
  else
    broot_code=127
    broot_value="$1 is not there in the sandbox"
    case $1 in
      */*)
        [ ! "$broot_inside" ] || broot_cause="there is no $broot_lacking"
        [ ! -e "$1" ] || case $1 in
          /*) broot_bring "$1" ;;
        esac
        ;;
      *)
        broot_cause="it is in no directory of PATH, which is ${broot_path:-/bin:/usr/bin}"
        broot_here=$(command -v -- "$1") || broot_here=
        case $broot_here in
          /*) broot_cure="the host has $broot_here: add the line \`bind ro $broot_here -> $broot_here\` and call it by that path" ;;
          *) broot_cure='the host has none on PATH either' ;;
        esac
        ;;
    esac
  fi
  broot_leave
  broot_cause="$broot_value${broot_cause:+: $broot_cause}${broot_cure:+; $broot_cure}"
  broot_print "broot: $broot_cause"
}

# The program ran, or what the C library puts in its place: a shell that is given a program for another machine says nothing that
# helps. And as root, files of others may have been the reason.
broot_look_back() {
  broot_cause=
  case $broot_code in
    2 | 126 | 127)
      if broot_candidates broot_is_other_here "$1"; then
        broot_code=126
        broot_ended=not-executed
        broot_cause="$1 cannot be executed in the sandbox: $broot_cause; $broot_cure"
        broot_print "broot: $broot_cause"
        return 0
      fi
      ;;
  esac
  [ ! "$broot_mapped" ] || [ ! -O /proc/1/. ] || broot_each_step broot_note_foreign 0
}
broot_is_other_here() {
  broot_outside "$1" $((broot_all + 1))
  [ "$broot_host_path" ] && [ -f "$broot_host_path" ] && broot_is_other_machine "$broot_host_path" "$1"
}
broot_note_foreign() {
  case $2 in
    rw | rw-optional) ;;
    *) return 0 ;;
  esac
  [ -e "$3" ] && [ ! -O "$3" ] || return 0
  broot_value=$(stat -Lc '%u %A' -- "$3") || return 0
  case $broot_value in
    *w?) return 0 ;;
  esac
  broot_value="uid ${broot_value%% *}, and in a user namespace root has no right to what others own"
  # shellcheck disable=SC2016
  broot_print "broot: note: $1: $3 belongs to $broot_value; if the program was denied something there, add the lines \`share user\` and \`cap add CAP_DAC_OVERRIDE\`"
}
