# Process 1 of a PID namespace, in a network in which there is nothing yet: the addresses, what listens there, and what tells of
# connections that nothing listens for. NAMES HOST...
set -u
eval "$BROOT_SAY"
broot_names=$1
shift
broot_split() {
  broot_address=$2
  broot_port=$3
  broot_name=$4
}
# Each address is here: what is not listened for is refused, and told.
broot_commands='link set lo up
route add local default dev lo'
broot_index=0
broot_hosts=' '
broot_allowed=' '
for broot_host; do
  IFS=,
  # shellcheck disable=SC2086
  broot_split $broot_host
  unset IFS
  broot_from=TCP4-LISTEN:$broot_port,bind=$broot_address
  broot_at=$broot_address
  broot_mask='32 dev lo'
  case $broot_address in
    *:*)
      broot_from=TCP6-LISTEN:$broot_port,bind=[$broot_address],ipv6only
      broot_at=[$broot_address]
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
  [ "$broot_name" != "$broot_address" ] || broot_name=$broot_at
  broot_allowed="$broot_allowed$broot_at:$broot_port "
  broot_hosts="$broot_hosts$broot_at $broot_name "
  # An address may be bound before it is there.
  socat -b 65536 -t 3600 "$broot_from,freebind,fork,reuseaddr,nodelay,backlog=128,max-children=1024" \
    "UNIX-CONNECT:$broot_index,retry=20,interval=0.05" 3>&- 4>&- 2>/dev/null &
  broot_index=$((broot_index + 1))
done

# The name server that the C library asks where no file names one, and the one of the host, whose file the sandbox may show.
export BROOT_HOSTS="$broot_hosts" BROOT_NAMES="$broot_names"
broot_run='set	-f;IFS=;eval	$BROOT_NAMES'
broot_servers=127.0.0.1
broot_find_server() {
  while read -r broot_word broot_address broot_rest; do
    case $broot_word:$broot_address in
      nameserver:127.0.0.1) return ;;
      nameserver:*[!0-9.]*) ;;
      nameserver:*.*.*.*)
        broot_servers="127.0.0.1 $broot_address"
        return
        ;;
    esac
  done
}
[ ! -r /etc/resolv.conf ] || broot_find_server </etc/resolv.conf
for broot_address in $broot_servers; do
  # A process for each packet, from a socket that stays: one that was closed and made again would refuse what came between. socat
  # begins the next one when it is told, by USR1, that the packet was read. On a busy machine it takes the end of a process before
  # for that, and has two for one packet, of which one reads all others and drops them. So it does not hear USR1, and begins the
  # next one when the last has ended.
  env --block-signal=USR1 socat -t 5 -T 5 "UDP4-RECVFROM:53,bind=$broot_address,freebind,fork,null-eof" \
    "EXEC:/bin/sh -c $broot_run,socktype=5" 3>&- 2>/dev/null &
done

# The kernel tells of each socket that ends. One that was refused has something left to send, and is connected to nothing.
broot_refused() {
  while read -r broot_state broot_received broot_sent broot_local broot_peer broot_rest; do
    [ "$broot_state" = UNCONN ] && [ "$broot_sent" != 0 ] || continue
    case $broot_allowed in
      # The other end of an allowed one has left something to send, too, where a program closes its end early.
      *" $broot_peer "* | *" $broot_local "*) continue ;;
    esac
    broot_at=${broot_peer%:*}
    broot_port=${broot_peer##*:}
    case $broot_hosts in
      *" $broot_at "*)
        broot_name=${broot_hosts#*" $broot_at "}
        broot_name=${broot_name%% *}
        ;;
      *) broot_name=$broot_at ;;
    esac
    case $broot_name in
      127.0.0.1) broot_name=localhost ;;
    esac
    if [ "$broot_port" = '*' ]; then
      broot_say "a connection to $broot_name was refused, since no line allows its port"
    else
      broot_say "$broot_name:$broot_port was refused, since no line allows it: a line \`net allow $broot_name:$broot_port\` would"
    fi
  done
}
exec 8<<EOT
pipe
EOT
read -r broot_line <&8
exec 7>/proc/self/fd/8
stdbuf -oL ss -EHOnt >&7 2>/dev/null 3>&- 4>&- 7>&- 8<&- 9>&- &
broot_asker=$!
{
  # Not at the call: a shell keeps what a redirection closes there.
  exec <&8 3>&- 7>&- 8<&-
  broot_refused
} &
broot_teller=$!
exec 7>&- 8<&-

ip -batch - <<EOT || exit 1
$broot_commands
EOT
# How many sockets of TCP there are, and as yet all of them listen (proc_net(5)). For /proc/net/tcp the kernel would walk through
# its table of all connections, which takes 2 ms.
broot_count_listeners() {
  while read -r broot_a broot_b broot_c broot_rest; do
    case "$broot_a $broot_b" in
      'TCP: inuse' | 'TCP6: inuse')
        broot_left=$((broot_left - broot_c))
        return
        ;;
    esac
  done
}
broot_count_tellers() {
  while read -r broot_a broot_b broot_c broot_state broot_rest; do
    case $broot_b:$broot_state in
      4:*[!0]*) broot_left=$((broot_left - 1)) ;;
    esac
  done
}
# Mostly one look is enough, or some more.
broot_tries=0
while :; do
  broot_left=$((broot_index + 1))
  broot_count_listeners </proc/net/sockstat
  [ ! -e /proc/net/sockstat6 ] || broot_count_listeners </proc/net/sockstat6
  [ "$broot_left" -gt 1 ] || broot_count_tellers </proc/net/netlink
  [ "$broot_left" -gt 0 ] || break
  broot_tries=$((broot_tries + 1))
  [ "$broot_tries" -lt 20 ] || sleep 0.002
  [ "$broot_tries" -lt 3000 ] || {
    echo "$broot_left of $((broot_index + 1)) parts of the network do not start; is IPv6 off?" >&2
    exit 1
  }
done
broot_proxy=
[ ! "${BROOT_PROXY-}" ] || {
  read -r broot_proxy <&5 || :
  [ "$broot_proxy" ] || {
    echo 'the proxy for the lines with `*.` does not start' >&2
    exit 1
  }
}
# What was refused shortly before the end is told, too: what the kernel has said of it waits to be read, on a busy machine.
broot_has_read() {
  while read -r broot_a broot_b broot_c broot_state broot_unread broot_rest; do
    case $broot_b:$broot_state in
      4:*[!0]*) [ "$broot_unread" = 0 ] || return 1 ;;
    esac
  done </proc/net/netlink
}
broot_let_read() {
  broot_tries=0
  until broot_has_read || [ "$broot_tries" = 100 ]; do
    broot_tries=$((broot_tries + 1))
    sleep 0.01
  done
}
trap 'broot_let_read; kill -s KILL "$broot_asker" $broot_proxy; wait "$broot_teller"; [ ! "$broot_proxy" ] || read -r broot_line <&5; exit' TERM
echo ready >&3
exec 3>&-
wait
