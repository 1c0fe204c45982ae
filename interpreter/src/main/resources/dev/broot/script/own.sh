# broot's own directories: compiled scripts, which a later run executes, and the entries of runs, whose directories a later run
# removes. A sandbox that may write above them would write what broot obeys, so there they are hidden. Everything is compared
# by what it is and not by its name: a directory's `..` is where it really lies.
broot_own_reached=
broot_own_uid=

# Where they are for this caller.
broot_own_know() {
  case ${XDG_CACHE_HOME-} in
    /*) broot_own_cache=$XDG_CACHE_HOME/broot ;;
    *) broot_own_cache=${HOME:+$HOME/.cache/broot} ;;
  esac
  case ${XDG_RUNTIME_DIR-} in
    /*) broot_own_run=$XDG_RUNTIME_DIR/broot ;;
    *) broot_own_run= ;;
  esac
}

# Whether a directory is another one or lies in it; what is missing of it would lie in what is there: DIRECTORY OTHER.
broot_own_is_below() {
  broot_own_at=$1
  until [ -d "$broot_own_at" ]; do
    broot_own_at=${broot_own_at%/*}
    broot_own_at=${broot_own_at:-/}
  done
  until [ "$broot_own_at" -ef "$2" ]; do
    [ ! "$broot_own_at" -ef / ] || return 1
    broot_own_at=$broot_own_at/..
    # What this user cannot enter he obeys no more than the program.
    [ -d "$broot_own_at" ] || return 1
  done
}

# What is bound for writing: LINE SOURCE. The first look is at what almost never is the case, and costs little.
broot_own_look() {
  broot_own_in=$2
  [ -d "$2" ] || broot_own_in=${2%/*}
  for broot_own_path in "$broot_own_cache" "$broot_own_run" /run/broot /tmp/.broot-*; do
    [ -d "$broot_own_path" ] && [ -O "$broot_own_path" ] && [ -d "$broot_own_in/" ] &&
      broot_own_is_below "$broot_own_in" "$broot_own_path" || continue
    broot_fail "$1: $2 lies in $broot_own_path, which is broot's own; no sandbox may write there"
  done
  for broot_own_path in "$broot_own_cache" "$broot_own_run" /run/broot /tmp/.broot-; do
    [ ! "$broot_own_path" ] || [ ! -d "$2" ] || ! broot_own_is_below "$broot_own_path" "$2" || broot_own_reached=yes
  done
}

# One that is missing is made, since the sandbox could make it else.
broot_own_make() {
  broot_own_uid=$(id -u)
  [ ! "$broot_own_cache" ] || [ -d "$broot_own_cache" ] ||
    (umask 077 && mkdir -p -- "$broot_own_cache") 2>/dev/null || :
  for broot_own_path in "$broot_own_run" /run/broot "/tmp/.broot-$broot_own_uid"; do
    [ ! "$broot_own_path" ] || [ -d "$broot_own_path" ] || [ ! -w "${broot_own_path%/*}" ] ||
      mkdir -m 0700 -- "$broot_own_path" 2>/dev/null || :
  done
}
broot_own_hide() {
  for broot_own_path in "$broot_own_cache" "$broot_own_run" /run/broot "/tmp/.broot-$broot_own_uid" "/tmp/.broot-$broot_own_uid".*; do
    [ "$broot_own_path" ] && [ -d "$broot_own_path" ] && [ -O "$broot_own_path" ] && [ -d "$2" ] &&
      broot_own_is_below "$broot_own_path" "$2" || continue
    broot_mask_line hide "$1" optional "$broot_own_path"
    [ "$broot_mask_met" ] ||
      broot_fail "$1: $2 has broot's own $broot_own_path in it under another name; bind it by the name under which $broot_own_path lies in it"
  done
}
