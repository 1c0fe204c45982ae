# Process 1 of a PID namespace, with mounts of its own, in the network of the host: starts the relays, and becomes what listens in a network of its own.
# SHELL DIRECTORY RELAY LISTENERS NAMES HOST..., each host as KIND,ADDRESS,PORT,NAME.
set -u
broot_parent() {
  read -r broot_line <"/proc/$1/stat" || exit 1
  # shellcheck disable=SC2086
  set -- ${broot_line##*) }
  broot_up=$2
}
# Who started us has to be there still: its end is ours from here on.
broot_parent self
broot_parent "$broot_up"
[ "$broot_up" = "$1" ] || exit 1
# The sockets lie where only we see them, since whoever sees a socket can connect to it, also where it is mounted read-only. What
# the relays have to say goes where our caller reads it.
exec 9>&2
broot_mode=0700
# The proxy may be somebody else, who goes through it.
[ ! "${BROOT_PROXY-}" ] || broot_mode=0711
mount -t tmpfs -o mode=$broot_mode,nosuid,nodev,noexec broot-net "$2" && cd -- "$2" || exit 1
export BROOT_RELAY="$3"
broot_listeners=$4
broot_names=$5
shift 5
broot_split() {
  broot_kind=$1
  broot_port=$3
  broot_name=$4
}
# socat takes words apart at blanks, not at tabs, and takes quotes away.
broot_run='set	-f;IFS=;eval	$BROOT_RELAY'
broot_index=0
for broot_host; do
  IFS=,
  # shellcheck disable=SC2086
  broot_split $broot_host
  unset IFS
  [ "$broot_kind" != proxy ] || {
    eval "$BROOT_PROXY"
    broot_index=$((broot_index + 1))
    continue
  }
  # A colon means something to socat.
  case $broot_name in
    *:*) broot_name=$(printf '%s\n' "$broot_name" | sed 's/:/\\:/g') ;;
  esac
  # It stands in the host's network, and needs no capability there, also where root runs it.
  setpriv --ambient-caps=-all --inh-caps=-all --bounding-set=-all --no-new-privs -- \
    socat -b 65536 -t 3600 "UNIX-LISTEN:$broot_index,fork,mode=0600,backlog=128,max-children=1024" \
    "EXEC:/bin/sh -c $broot_run $broot_kind $broot_name $broot_port,nofork" 3>&- 2>/dev/null &
  broot_index=$((broot_index + 1))
done
exec unshare -n -- /bin/sh -c "$broot_listeners" broot-net "$broot_names" "$@"
