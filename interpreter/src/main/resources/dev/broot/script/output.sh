# Files that somebody asked for by name: there whole or not at all. A new file is made in the directory, which we have entered,
# written through the descriptor that made it, and renamed, so that nobody who can write to the directory has us write
# elsewhere. What is no file is written to as it is, and a symbolic link is refused.
broot_output_problem() {
  case $1 in
    /dev/stdout | /dev/stderr) return 1 ;;
    /dev/fd/* | /proc/self/fd/*) broot_problem="$1 is a descriptor of broot's own there; name /dev/stdout, /dev/stderr or a pipe" ;;
    *)
      broot_directory=.
      case $1 in
        */*) broot_directory=${1%/*}/ ;;
      esac
      if [ -h "$1" ]; then
        broot_problem="$1 is a symbolic link; name the file itself"
      elif [ -d "$1" ]; then
        broot_problem="$1 is a directory"
      elif [ ! -d "$broot_directory" ]; then
        broot_problem="there is no directory $broot_directory for the file $1"
      elif [ -e "$1" ] && [ ! -f "$1" ]; then
        [ ! -w "$1" ] || return 1
        broot_problem="$1 may not be written to"
      elif [ ! -w "$broot_directory" ]; then
        broot_problem="no file may be made in the directory $broot_directory for $1"
      else
        return 1
      fi
      ;;
  esac
}
# It says no reason: the caller has a line of its own. Every `exit` has its number, since without one a shell that is in a trap
# ends with the status from before the trap.
broot_output() (
  ! broot_output_problem "$1" || exit 1
  case $1 in
    /dev/stdout)
      printf '%s\n' "$2" 2>/dev/null
      exit $?
      ;;
    /dev/stderr)
      printf '%s\n' "$2" >&2
      exit $?
      ;;
  esac
  exec 2>/dev/null
  cd -P -- "$broot_directory" || exit 1
  set -- "./${1##*/}" "$2"
  # So a shell makes a file that nobody else has made, or opens what is no file, without emptying anything.
  set -C
  if [ -e "$1" ] && [ ! -f "$1" ]; then
    exec 6>"$1" && [ ! -h "$1" ] && [ "$1" -ef /proc/self/fd/6 ] && printf '%s\n' "$2" >&6
    exit $?
  fi
  read -r broot_new </proc/sys/kernel/random/uuid
  umask 077
  exec 6>".broot-$broot_new" || exit 1
  printf '%s\n' "$2" >&6 && mv -fT -- ".broot-$broot_new" "$1" || {
    rm -f -- ".broot-$broot_new"
    exit 1
  }
)
