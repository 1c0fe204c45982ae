# Why a run failed, and what to do about it. A run that works never comes here, and the shell does not read this far.
#
# What bubblewrap does is known step by step, in its order: broot_steps calls "$broot_do" AT KIND FROM TO OPTION... for each, with the
# line that asked for it, what it is, a path of the host, a path of the sandbox, and bubblewrap's own words. The first step that
# bubblewrap cannot do is found by trying; what is wrong with it is then asked of the host.

broot_quote() {
  broot_quoted=
  broot_rest=$1
  while :; do
    case $broot_rest in
      *\'*)
        broot_quoted="$broot_quoted${broot_rest%%\'*}'\\''"
        broot_rest=${broot_rest#*\'}
        ;;
      *) break ;;
    esac
  done
  broot_quoted="'$broot_quoted$broot_rest'"
}

# Things that are done with each step.
broot_add_step() {
  broot_count=$((broot_count + 1))
  [ "$broot_count" -le "$broot_most" ] || return 0
  shift 4
  for broot_value; do
    broot_quote "$broot_value"
    broot_words="$broot_words $broot_quoted"
  done
}
broot_keep_step() {
  broot_count=$((broot_count + 1))
  [ "$broot_count" = "$broot_most" ] || return 0
  broot_line_said=$1
  broot_kind=$2
  broot_from=$3
  broot_to=$4
  shift 4
  broot_option=$*
}
broot_count_step() {
  broot_count=$((broot_count + 1))
}
# What bubblewrap is to read from a descriptor, and cannot be opened.
broot_check_input() {
  broot_count=$((broot_count + 1))
  case $2 in
    data | file | seccomp) ;;
    *) return 0 ;;
  esac
  [ ! -f "$3" ] && [ ! -c "$3" ] || [ ! -r "$3" ] || return 0
  broot_most=$broot_count
  broot_count=$((broot_count - 1))
  broot_keep_step "$@"
  broot_message='it cannot be read'
  broot_judge
  broot_give_up
}
# The last step before that one which puts something at a path of the sandbox, or above it.
broot_cover_step() {
  broot_count=$((broot_count + 1))
  [ "$broot_count" -lt "$broot_most" ] && [ "$4" ] || return 0
  case ${broot_path_inside%/}/ in
    "${4%/}"/*) ;;
    *) return 0 ;;
  esac
  case $2 in
    *-optional) [ -e "$3" ] || return 0 ;;
  esac
  broot_cover_at=$1
  broot_cover_kind=$2
  broot_cover_from=$3
  broot_cover_to=$4
}
broot_each_step() {
  broot_do=$1
  broot_most=$2
  broot_count=0
  broot_steps
}

# Runs bubblewrap with the first $1 steps and what follows, with a program that cannot be there. Whether all was set up; what it
# said is kept.
broot_try() {
  broot_words=
  broot_each_step broot_add_step "$1"
  shift
  for broot_value; do
    broot_quote "$broot_value"
    broot_words="$broot_words $broot_quoted"
  done
  broot_listen
  {
    broot_open && eval "broot_start \"\$broot_env\" LC_ALL=C \"\$broot_bwrap\" $broot_words -- /proc/self/broot-probe"
  } </dev/null >/dev/null 2>"/proc/$$/fd/7" &
  broot_heard
}

# A path of the sandbox as a path of the host, where the steps before say so: what covers it, through their symlinks.
broot_outside() {
  broot_path_inside=$1
  broot_links=0
  while :; do
    broot_cover_at=
    broot_cover_kind=
    broot_cover_from=
    broot_cover_to=
    broot_each_step broot_cover_step "$2"
    [ "$broot_cover_kind" = symlink ] && [ "$broot_links" -lt 40 ] && [ "${broot_path_inside%/}" != "${broot_cover_to%/}" ] || break
    broot_links=$((broot_links + 1))
    case $broot_cover_from in
      /*) broot_value=$broot_cover_from ;;
      *) broot_value=${broot_cover_to%/*}/$broot_cover_from ;;
    esac
    broot_path_inside=$broot_value${broot_path_inside#"${broot_cover_to%/}"}
  done
  broot_host_path=
  case $broot_cover_kind in
    ro | rw | *-optional)
      broot_value=${broot_path_inside#"${broot_cover_to%/}"}
      broot_host_path=${broot_cover_from%/}${broot_value%/}
      broot_host_path=${broot_host_path:-/}
      ;;
  esac
}

# What a path of the host is, in words.
broot_name_kind() {
  if [ -L "$1" ]; then
    broot_thing="a symlink to $(readlink -- "$1")"
  elif [ -d "$1" ]; then
    broot_thing='a directory'
  elif [ -f "$1" ]; then
    broot_thing='a file'
  elif [ -S "$1" ]; then
    broot_thing='a socket'
  elif [ -p "$1" ]; then
    broot_thing='a pipe'
  elif [ -b "$1" ] || [ -c "$1" ]; then
    broot_thing='a device'
  else
    broot_thing='nothing'
  fi
}
broot_name_owner() {
  broot_owner=$(stat -Lc 'it belongs to %U (%u), mode %a' -- "$1" 2>/dev/null) || broot_owner='it cannot be looked at'
}

# Whether a symlink leads back to itself, by others or not. stat says so in the words of the kernel.
broot_is_circle() {
  [ -L "$1" ] && [ ! -e "$1" ] || return 1
  case $(LC_ALL=C stat -L -- "$1" 2>&1) in
    *'Too many levels of symbolic links') return 0 ;;
  esac
  return 1
}

# Why a path of the host cannot be used, or nothing where it can: the first part of it that is missing, no directory, or closed.
broot_look_at() {
  broot_cause=
  broot_cure=
  broot_value=${1%/}
  broot_part=
  broot_rest=${broot_value#/}/
  while [ "$broot_rest" ]; do
    broot_last=$broot_part
    broot_name=${broot_rest%%/*}
    broot_rest=${broot_rest#*/}
    [ "$broot_name" ] || continue
    broot_part=$broot_part/$broot_name
    if [ ! -d "${broot_last:-/}" ]; then
      broot_name_kind "$broot_last"
      broot_cause="$1 is not on the host: $broot_last is $broot_thing"
    elif [ ! -x "${broot_last:-/}" ]; then
      broot_name_owner "$broot_last"
      broot_cause="$1 cannot be reached: nobody but its owner may enter $broot_last ($broot_owner)"
      broot_cure="run \`chmod a+x $broot_last\` or run broot as its owner"
      case $broot_kind in
        *-optional) broot_cure="$broot_cure; \`optional\` leaves out what is missing, not what is forbidden" ;;
      esac
    elif broot_is_circle "$broot_part"; then
      broot_cause="$1 is not on the host: $broot_part is a symlink to $(readlink -- "$broot_part"), and they go in a circle"
    elif [ -L "$broot_part" ] && [ ! -e "$broot_part" ]; then
      broot_cause="$1 is not on the host: $broot_part is a symlink to $(readlink -- "$broot_part"), which is not there"
    elif [ ! -e "$broot_part" ]; then
      broot_cause="$1 is not on the host"
      [ "$broot_part" = "$broot_value" ] || broot_cause="$broot_cause: there is no $broot_name in ${broot_last:-/}"
    fi
    [ ! "$broot_cause" ] || return 0
  done
}

# What is wrong with the place in the sandbox where $1, a file or a directory, is to appear.
broot_target() {
  broot_outside "$broot_to" "$broot_most"
  broot_by=${broot_cover_at:+ ($broot_cover_at)}
  if [ ! "$broot_host_path" ]; then
    case $broot_cover_kind in
      '') return 0 ;;
      symlink)
        broot_cause="$broot_to is the symlink to $broot_cover_from that $broot_cover_at makes"
        broot_cure="write the path that it leads to, or take one of the two lines away"
        ;;
      text | data | file)
        if [ "${broot_path_inside%/}" = "${broot_cover_to%/}" ]; then
          [ "$1" = 'a file' ] || broot_cause="$broot_to is a file there$broot_by, and this line needs a directory"
        else
          broot_cause="$broot_to cannot be made: $broot_cover_to is a file$broot_by"
        fi
        broot_cure='give one of the two another place'
        ;;
      proc)
        broot_cause="$broot_to cannot be made: the kernel alone says what is in $broot_cover_to$broot_by"
        broot_cure='take another place'
        ;;
      *)
        [ "$1" = 'a directory' ] || [ "${broot_path_inside%/}" != "${broot_cover_to%/}" ] || {
          broot_cause="$broot_to is a directory there$broot_by, and this line puts a file in its place"
          broot_cure='a file goes on a file, and a directory on a directory'
        }
        ;;
    esac
    return 0
  fi
  # What the host has there, from the top of what is shown.
  broot_part=${broot_cover_from%/}
  broot_rest=${broot_host_path#"$broot_part"}/
  broot_rest=${broot_rest#/}
  if [ ! -d "${broot_part:-/}" ] && [ "$broot_rest" ]; then
    broot_name_kind "$broot_part"
    broot_cause="$broot_to cannot be made: $broot_cover_to is $broot_thing$broot_by"
    broot_cure='take another place'
    return 0
  fi
  while [ "$broot_rest" ]; do
    broot_name=${broot_rest%%/*}
    broot_rest=${broot_rest#*/}
    [ "$broot_name" ] || continue
    broot_last=$broot_part
    broot_part=$broot_part/$broot_name
    if [ -L "$broot_part" ]; then
      broot_value=$(readlink -- "$broot_part")
      broot_cause="$broot_to cannot be a mount point: $broot_part on the host$broot_by is a symlink to $broot_value"
      broot_cure='write the path that it leads to'
      return 0
    elif [ ! -e "$broot_part" ]; then
      if [ -d "${broot_last:-/}" ] && [ ! -w "${broot_last:-/}" ]; then
        broot_name_owner "${broot_last:-/}"
        broot_cause="$broot_to is not there, and you may not make it in ${broot_last:-/} of the host$broot_by: $broot_owner"
      elif [ -d "${broot_last:-/}" ]; then
        broot_cause="$broot_to is not there, and bubblewrap cannot make it in ${broot_last:-/} of the host$broot_by"
        case $broot_message in
          *'Read-only file system'*) broot_cause="$broot_cause, which is shown read-only" ;;
          *) broot_cause="$broot_cause: ${broot_message##*: }" ;;
        esac
      else
        broot_cause="$broot_to cannot be made: ${broot_last:-/} on the host$broot_by is not a directory"
      fi
      if [ "${broot_image-}" ] && [ "${broot_host_path#"$broot_image"/}" != "$broot_host_path" ]; then
        broot_cure="take a place that the image has, or show its parts one by one, as in \`bind ro \${root}/usr -> /usr\`"
      elif [ "$1" = 'a directory' ]; then
        broot_cure="run \`mkdir -p $broot_host_path\` on the host, or take another place"
      else
        broot_cure="make an empty file $broot_host_path on the host, or take another place"
      fi
      return 0
    fi
  done
  broot_name_kind "${broot_host_path:-/}"
  if [ "$1" = 'a directory' ] && [ "$broot_thing" != 'a directory' ]; then
    broot_cause="$broot_to is $broot_thing there ($broot_host_path on the host${broot_cover_at:+, $broot_cover_at}), and this line puts a directory on it"
    broot_cure='a file goes on a file, and a directory on a directory'
  elif [ "$1" != 'a directory' ] && [ "$broot_thing" = 'a directory' ]; then
    broot_cause="$broot_to is a directory there ($broot_host_path on the host${broot_cover_at:+, $broot_cover_at}), and this line puts a file on it"
    broot_cure='a file goes on a file, and a directory on a directory'
  fi
}

# Files of others, as root: in a user namespace, root is root over its own only.
broot_foreign() {
  broot_learn_self
  broot_owner=$(stat -Lc '%u, mode %a' -- "$1" 2>/dev/null) || broot_owner='another user'
  broot_cause="$1 cannot be used: it belongs to uid $broot_owner"
  if [ "$broot_self_uid" = 0 ]; then
    broot_cause="$broot_cause, and in a user namespace root has no right to what others own"
    broot_cure='add the lines `share user` and `cap add CAP_DAC_OVERRIDE`, or give the files to root (`chown -R root`)'
  else
    broot_cure='ask its owner for the right, or run broot as its owner'
  fi
}

# What this line asks for, and another line or somebody else stands in the way of.
broot_why_others() {
  case $broot_message in
    *'Permission denied'*) [ ! "$broot_from" ] || broot_foreign "$broot_from" ;;
    *'No space left on device'*)
      broot_outside "$broot_to" "$broot_most"
      [ "$broot_cover_kind" != tmpfs ] || {
        broot_cause="there is no space for it in the tmpfs $broot_cover_to ($broot_cover_at)"
        broot_cure='give that one a greater `size`, or leave `size` out'
      }
      ;;
  esac
}

# What is wrong with the step that bubblewrap could not do.
broot_judge() {
  broot_cause=
  broot_cure=
  broot_more=
  case $broot_kind in
    ro | rw | *-optional)
      broot_look_at "$broot_from"
      if [ "$broot_cause" ]; then
        [ "$broot_cure" ] || case $broot_kind:$broot_line_said in
          *-optional:*) broot_cure='correct the path' ;;
          *:base:*) broot_cure="make it on the host, or add the line \`drop $broot_to\`" ;;
          *) broot_cure='make it, correct the path, or end the line in `optional`' ;;
        esac
        return 0
      fi
      case $broot_message in
        *'source'*'Permission denied'*)
          broot_foreign "$broot_from"
          return 0
          ;;
      esac
      if [ -d "$broot_from" ]; then
        broot_target 'a directory'
      else
        broot_target 'a file'
      fi
      ;;
    data | file | seccomp)
      broot_look_at "$broot_from"
      if [ "$broot_cause" ]; then
        broot_cause="cannot read $broot_from: it ${broot_cause#"$broot_from "}"
        broot_cure=${broot_cure:-'make it, or correct the path'}
      else
        broot_name_kind "$broot_from"
        if [ "$broot_thing" != 'a file' ] && [ ! -L "$broot_from" ] || [ -d "$broot_from" ]; then
          broot_cause="cannot read $broot_from: it is $broot_thing, and not a file"
          broot_cure='name a file'
        elif [ ! -r "$broot_from" ]; then
          broot_name_owner "$broot_from"
          broot_cause="cannot read $broot_from: $broot_owner"
          broot_cure="run \`chmod a+r $broot_from\`, or run broot as its owner"
        elif [ "$broot_to" ]; then
          broot_target 'a file'
        else
          broot_cause="the filter $broot_from is not one that the kernel takes: ${broot_message#*: }"
          broot_cure='make it anew with seccomp_export_bpf(3), for this architecture'
        fi
      fi
      ;;
    text) broot_target 'a file' ;;
    symlink)
      broot_outside "$broot_to" "$broot_most"
      if [ "$broot_host_path" ]; then
        broot_name_kind "$broot_host_path"
        if [ "$broot_thing" != nothing ]; then
          broot_cause="$broot_to is there already: it is $broot_thing ($broot_host_path on the host, $broot_cover_at)"
          broot_cure="take this line away, or take another place"
        else
          broot_target 'a file'
        fi
      elif [ "$broot_cover_at" ]; then
        broot_cause="$broot_to is there already ($broot_cover_at)"
        broot_cure='take one of the two lines away'
      fi
      ;;
    proc)
      broot_target 'a directory'
      [ "$broot_cause" ] || broot_why_proc
      ;;
    dev)
      broot_target 'a directory'
      [ "$broot_cause" ] || broot_why_dev
      ;;
    overlay)
      case $broot_message in
        *'source path '*)
          broot_value=${broot_message#*source path }
          broot_look_at "${broot_value%: *}"
          broot_cure=${broot_cure:-'make it, or correct the path'}
          ;;
        *)
          broot_target 'a directory'
          [ "$broot_cause" ] || broot_why_overlay
          ;;
      esac
      ;;
    tmpfs | dir | mqueue) broot_target 'a directory' ;;
    remount-ro)
      broot_cause="$broot_to cannot be made read-only: ${broot_message##*: }"
      broot_cure='name the target of a line that mounts something'
      ;;
    chmod)
      broot_cause="the mode of $broot_to cannot be changed: ${broot_message##*: }"
      broot_cure='name something that an earlier line makes, and that you own'
      ;;
    chdir)
      broot_outside "$broot_to" "$broot_most"
      if [ "$broot_host_path" ]; then
        broot_look_at "$broot_host_path"
        broot_cause=${broot_cause:+"$broot_to is not there in the sandbox: $broot_cause ($broot_cover_at)"}
        if [ ! "$broot_cause" ] && [ ! -d "$broot_host_path" ]; then
          broot_name_kind "$broot_host_path"
          broot_cure='name a directory'
          broot_cause="$broot_to is $broot_thing ($broot_host_path on the host, $broot_cover_at), and the program starts in a directory"
        fi
      fi
      case $broot_cover_kind in
        text | data | file)
          broot_cause="$broot_to is a file there ($broot_cover_at), and the program starts in a directory"
          broot_cure='name a directory'
          ;;
      esac
      case $broot_message in
        *'Permission denied'*)
          [ "$broot_cause" ] || broot_foreign "${broot_host_path:-$broot_to}"
          ;;
      esac
      broot_cause=${broot_cause:-"$broot_to is not there in the sandbox, and the program is to start in it"}
      broot_cure=${broot_cure:-"add the line \`dir $broot_to\`, or bind something there"}
      ;;
    namespace) broot_why_namespace "$broot_from" ;;
    lock-file)
      broot_cause="$broot_to cannot be locked: ${broot_message##*: }"
      broot_cure='name a file of the sandbox that can be opened, and that nobody else locks'
      ;;
    label)
      broot_cause="SELinux does not take the label $broot_from: ${broot_message##*: }"
      broot_cure='take the line away where SELinux is off, or name a label that the policy knows'
      ;;
  esac
  [ "$broot_cause" ] || broot_why_others
  [ "$broot_cause" ] || broot_why_kernel
}

# Says it and ends the run.
broot_give_up() {
  # shellcheck disable=SC2016
  [ ! "$broot_more" ] || broot_cure="$broot_cure; \`broot doctor\` says more"
  [ ! "$broot_status_file" ] || [ ! "$broot_option" ] || broot_step=$(broot_json "$broot_option")
  broot_fail "$broot_cause${broot_cure:+; $broot_cure}"
}

# Its words are to be those that are known here.
broot_get_ready() {
  broot_option=
  broot_more=
  broot_find env coreutils
  broot_env=$broot_found
  broot_each_step broot_count_step 0
  broot_all=$broot_count
}

# bubblewrap asks for locks in a process beside the program, and may have started that when it does not get one. Without a PID
# namespace the program would then go on for itself. So they are asked for before.
broot_need_locks() {
  broot_get_ready
  broot_try "$broot_all" --chdir / || case $broot_message in
    'Unable to '*'lock file '*) broot_seek ;;
  esac
}

# The sandbox could not be made, or the program not be executed: which of the two, at which line, and why.
broot_explain() {
  broot_get_ready
  if [ "$broot_ended" = exited ]; then
    broot_look_back "$@"
    return 0
  fi
  broot_each_step broot_check_input 0
  if broot_try "$broot_all" --chdir /; then
    if [ ! "$broot_chdir" ] || broot_try "$broot_all" --chdir "$broot_chdir"; then
      [ "$broot_child" ] || broot_fail 'bubblewrap could not start; its own message stands above'
      case $broot_verdict in
        # It ended before the program could start.
        gone*) broot_fail 'bubblewrap failed where it works now: what it mounts was changed meanwhile; its own message stands above' ;;
      esac
      broot_explain_program "$@"
      return 0
    fi
    broot_line_said=$broot_chdir_said
    broot_kind=chdir
    broot_from=
    broot_to=$broot_chdir
    broot_most=$((broot_all + 1))
    broot_judge
    broot_give_up
  fi
  broot_seek
}

# Which step failed, where all of them together did.
broot_seek() {
  broot_failed=$broot_message
  if ! broot_try 0 --chdir /; then
    broot_why_bwrap
    broot_give_up
  fi
  broot_low=0
  broot_high=$broot_all
  while [ "$((broot_high - broot_low))" -gt 1 ]; do
    broot_middle=$(((broot_low + broot_high) / 2))
    if broot_try "$broot_middle" --chdir /; then
      broot_low=$broot_middle
    else
      broot_high=$broot_middle
      broot_failed=$broot_message
    fi
  done
  broot_message=$broot_failed
  broot_each_step broot_keep_step "$broot_high"
  broot_judge
  broot_give_up
}
