# Each run has an entry in a directory of ours, locked as long as we live, with the paths of its temporary directories, one a
# line. An entry without a lock is what a killed run has left; `broot gc` and, a few at a time, the next runs take it away. What
# a run could not remove it leaves to `broot gc`, and calls it so: else each run after it would try again.

# Finds or makes the directory, and numbers the run. A name under /tmp that somebody else has taken is let alone.
broot_make_state() {
  read -r broot_id </proc/sys/kernel/random/uuid
  set -- "/tmp/.broot-$broot_uid" "/tmp/.broot-$broot_uid".* "/tmp/.broot-$broot_uid.$broot_id"
  case $broot_uid:${XDG_RUNTIME_DIR-} in
    0:*) set -- /run/broot "$@" ;;
    *:/*) [ ! -O "$XDG_RUNTIME_DIR" ] || set -- "$XDG_RUNTIME_DIR/broot" "$@" ;;
  esac
  for broot_state; do
    case $broot_state in
      *'.*') continue ;;
    esac
    [ -e "$broot_state" ] || [ -h "$broot_state" ] || mkdir -m 0700 -- "$broot_state" 2>/dev/null || :
    [ ! -d "$broot_state" ] || [ -h "$broot_state" ] || [ ! -O "$broot_state" ] || return 0
  done
  broot_fail "cannot make the directory $1"
}

# Whether a path is the name of an entry: whatever else lies there is not ours to read.
broot_is_entry() {
  # Only gc asks for those that were kept.
  broot_name=${1##*/}
  case ${broot_name%"${2-}"} in
    *[!0-9a-f-]*) return 1 ;;
    ????????-????-????-????-????????????) [ -f "$1" ] && [ ! -h "$1" ] ;;
    *) return 1 ;;
  esac
}

# Removes one directory of an entry: one whose name ends as the entry is called, which is how a run calls them, in a
# directory that we hold open.
broot_take() {
  broot_name=${1##*/}
  case $1 in
    /*"$broot_of") ;;
    *) return 1 ;;
  esac
  [ -e "$1" ] || [ -h "$1" ] || return 0
  (
    cd -P -- "${1%"$broot_name"}" && [ ! -h "./$broot_name" ] && [ -d "./$broot_name" ] && broot_erase "./$broot_name"
  ) || return 1
  broot_removed "$1"
}
broot_removed() { :; }

# What an entry without a lock names.
broot_collect() {
  (
    # Opened so, a pipe in the place of an entry does not keep us waiting.
    exec 6<>"$1" || exit 0
    [ -f /proc/self/fd/6 ] && flock -n 6 && [ "$1" -ef /proc/self/fd/6 ] || exit 0
    # One that is empty has been made a moment ago, or by a run that was killed then: their age tells them apart.
    [ -s "$1" ] || [ "$(find "$1" -mmin +1)" ] || exit 0
    broot_of=${1##*/}
    broot_of=${broot_of%.kept}
    # A bubblewrap whose first process was killed while it started waits for it for ever. Its arguments tell whose it was.
    broot_stuck=$(grep -lsaF -e "$broot_of" -- /proc/[0-9]*/cmdline)
    for broot_file in $broot_stuck; do
      broot_file=${broot_file%/cmdline}
      [ ! "$broot_file/exe" -ef "$(command -v bwrap)" ] || kill -s KILL "${broot_file#/proc/}"
    done
    # So does the environment of a provider.
    broot_stuck=$(grep -lsaF -e "BROOT_PROVIDER=$broot_of" -- /proc/[0-9]*/environ)
    for broot_file in $broot_stuck; do
      broot_file=${broot_file%/environ}
      kill -s KILL "${broot_file#/proc/}"
    done
    broot_kept=
    while IFS= read -r broot_path <&6; do
      # A run that has no directories has an empty line.
      [ ! "$broot_path" ] || broot_take "$broot_path" || broot_kept=yes
    done
    if [ "$broot_kept" ]; then
      [ "${1%.kept}" != "$1" ] || mv -T -- "$1" "$1.kept"
      exit 1
    fi
    rm -f -- "$1" && broot_removed "$1"
  ) 2>/dev/null
}
