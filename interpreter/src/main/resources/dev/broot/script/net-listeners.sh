# Process 1 of a PID namespace, in a network in which there is nothing yet: the addresses, and what listens there. HOST...
set -u
broot_split() {
  broot_address=$2
  broot_port=$3
}
broot_commands='link set lo up'
broot_index=0
for broot_host; do
  IFS=,
  # shellcheck disable=SC2086
  broot_split $broot_host
  unset IFS
  broot_from=TCP4-LISTEN:$broot_port,bind=$broot_address
  broot_mask='32 dev lo'
  case $broot_address in
    *:*)
      broot_from=TCP6-LISTEN:$broot_port,bind=[$broot_address],ipv6only
      broot_mask='128 dev lo nodad'
      ;;
  esac
  case $broot_address in
    127.* | ::1) ;;
    *)
      broot_commands="$broot_commands
address replace $broot_address/$broot_mask"
      ;;
  esac
  # An address may be bound before it is there.
  socat -b 65536 -t 3600 "$broot_from,freebind,fork,reuseaddr,nodelay,backlog=128,max-children=1024" \
    "UNIX-CONNECT:$broot_index,retry=20,interval=0.05" 3>&- 2>/dev/null &
  broot_index=$((broot_index + 1))
done
ip -batch - <<EOT || exit 1
$broot_commands
EOT
broot_count_listeners() {
  while read -r broot_a broot_b broot_c broot_state broot_rest; do
    [ "$broot_state" != 0A ] || broot_left=$((broot_left - 1))
  done
}
# Mostly one look is enough, or some more.
broot_tries=0
while :; do
  broot_left=$broot_index
  broot_count_listeners </proc/net/tcp
  [ ! -e /proc/net/tcp6 ] || broot_count_listeners </proc/net/tcp6
  [ "$broot_left" -gt 0 ] || break
  broot_tries=$((broot_tries + 1))
  [ "$broot_tries" -lt 20 ] || sleep 0.002
  [ "$broot_tries" -lt 3000 ] || {
    echo "$broot_left of $broot_index addresses of the network cannot be listened on; is IPv6 off?" >&2
    exit 1
  }
done
echo ready >&3
exec 3>&-
wait
