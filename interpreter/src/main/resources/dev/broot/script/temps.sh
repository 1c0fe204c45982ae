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
