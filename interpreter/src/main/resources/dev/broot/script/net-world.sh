# In a network of its own, which is connected from here on: a proxy, what it may connect to, and the socket by which it is asked.
# SOCKET ROUTES
set -u
eval "$BROOT_SAY"
# Not by a number, which another PID namespace has given to another process.
mount --no-canonicalize --bind /proc/self/ns/net world || exit 1
# Nobody reaches it before there is the socket.
broot_routes=$2
ip link set lo up || exit 1
# The name server of the host, as `net user` has it.
umask 022
echo 'nameserver 192.0.2.3' >resolver
printf '%s\n' "$BROOT_FILTER" >filter
{
  printf '%s\n' 'Listen 127.0.0.1' 'Port 3128' 'Allow 127.0.0.1' 'Filter "filter"' 'FilterURLs Yes' 'FilterDefaultDeny Yes' \
    'DisableViaHeader Yes' 'LogLevel Notice' 'MaxClients 1024' 'Timeout 3600'
  while IFS=: read -r broot_name broot_port broot_rest; do
    case $broot_port in
      *\$) echo "ConnectPort ${broot_port%\$}" ;;
    esac
  done <filter
} >config
# Where we may become somebody else, it is somebody who owns nothing.
broot_count=0
read -r broot_a broot_b broot_count </proc/self/uid_map || :
set -- "$1" setpriv --ambient-caps=-all --inh-caps=-all --bounding-set=-all --no-new-privs
while read -r broot_a broot_b; do
  case $broot_a$broot_b in
    # CAP_SETUID and CAP_SETGID.
    CapEff:*[cdef]?) [ "$broot_count" -le 65534 ] || set -- "$@" --reuid=65534 --regid=65534 --clear-groups ;;
  esac
done </proc/self/status
broot_socket=$1
shift
exec 5<<EOT
pipe
EOT
read -r broot_line <&5
exec 7>/proc/self/fd/5
# With mounts of its own, so that nobody else has another name server.
unshare -m --propagation private -- /bin/sh -c 'mount --bind resolver /etc/resolv.conf && exec "$@"' sh \
  "$@" -- tinyproxy -d -c config >&7 2>&1 4>&- 5<&- 6>&- 7>&- 8<&- 9>&- &
broot_proxy=$!
exec 7>&-
broot_line=
read -r broot_line <&8 || :
exec 8<&-
[ "$broot_line" ] || {
  [ ! -e slirp ] || cat slirp >&2
  exit 1
}
# What is no address of a host somewhere is not reached, before any route is looked at. Of IPv6, 2000::/3 is left, and what
# stands for IPv4 addresses of the world.
ip -batch - <<EOT || exit 1
$broot_routes
rule add pref 20 to 0.0.0.0/8 unreachable
rule add pref 20 to 10.0.0.0/8 unreachable
rule add pref 20 to 100.64.0.0/10 unreachable
rule add pref 20 to 172.16.0.0/12 unreachable
rule add pref 20 to 192.0.0.0/24 unreachable
rule add pref 20 to 192.168.0.0/16 unreachable
rule add pref 20 to 198.18.0.0/15 unreachable
rule add pref 20 to 224.0.0.0/3 unreachable
EOT
[ ! -e /proc/net/if_inet6 ] || ip -6 -batch - <<'EOT' || exit 1
rule add pref 10 to 64:ff9b::/96 lookup main
rule add pref 20 to ::/3 unreachable
rule add pref 20 to 2002::/16 unreachable
rule add pref 20 to 4000::/2 unreachable
rule add pref 20 to 8000::/1 unreachable
EOT

broot_listening() {
  while read -r broot_a broot_b broot_c broot_rest; do
    [ "$broot_a $broot_b" != 'TCP: inuse' ] || [ "$broot_c" = 0 ] || return 0
  done </proc/net/sockstat
  return 1
}
broot_tries=0
until broot_listening; do
  broot_tries=$((broot_tries + 1))
  sleep 0.01
  [ "$broot_tries" -lt 600 ] && kill -0 "$broot_proxy" 2>/dev/null || {
    # What it has to say.
    kill -s KILL "$broot_proxy" 2>/dev/null
    cat <&5 >&9
    exit 1
  }
done
setpriv --ambient-caps=-all --inh-caps=-all --bounding-set=-all --no-new-privs -- \
  socat -b 65536 -t 3600 "UNIX-LISTEN:$broot_socket,fork,mode=0600,backlog=128,max-children=1024" TCP4:127.0.0.1:3128,nodelay 4>&- 5<&- 6>&- 2>/dev/null &
until [ -S "$broot_socket" ]; do
  kill -0 "$!" || exit 1
done
# Open until all is said.
echo "$broot_proxy" >&6

# A program in the sandbox chooses what is said here.
broot_asked() { # NAME:PORT
  broot_at=${1#http://}
  broot_at=${broot_at%%/*}
  [ "$broot_at" = "$1" ] || case $broot_at in
    *:*) ;;
    *) broot_at=$broot_at:80 ;;
  esac
  case $broot_at in
    *[!A-Za-z0-9._:-]* | *:*:* | '' | :* | *:0* | *:??????* | *.:*) broot_at= ;;
    *:*) ;;
    *) broot_at= ;;
  esac
  [ "${#broot_at}" -le 300 ] || broot_at=
}
while IFS= read -r broot_line; do
  case $broot_line in
    *'Proxying refused on filtered '*)
      broot_line=${broot_line#*'Proxying refused on filtered '}
      broot_line=${broot_line#*\"}
      broot_asked "${broot_line%\"*}"
      if [ "$broot_at" ]; then
        broot_say "$broot_at was refused, since no line allows it: a line \`net allow $broot_at\` would"
      else
        broot_say "the proxy refused what is not a host and a port"
      fi
      ;;
    *'Could not retrieve address info for '*)
      broot_line=${broot_line#*'Could not retrieve address info for '}
      broot_asked "${broot_line%%: *}"
      broot_say "$broot_at failed: the host finds no address of that name"
      ;;
    *'Could not establish a connection to '*)
      broot_asked "${broot_line#*'Could not establish a connection to '}"
      broot_say "$broot_at failed: it does not answer, or its name leads to a private address, to this host, or to a neighbour of it"
      ;;
  esac
done <&5
