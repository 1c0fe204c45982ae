# One connection, which is our input and output, to one host and port: its KIND is $0, its NAME $1, its PORT $2.
set +f -u
unset IFS
eval "$BROOT_SAY"
broot_at=$1:$2

# Whether an address is one of the host's own: the kernel would not send what goes there.
broot_is_own() {
  broot_route=$(ip route get "$1" 2>/dev/null)
  [ "${broot_route#local }" != "$broot_route" ]
}

# Addresses that are not the world: IPv4 by what is not, IPv6 by what is.
broot_judge() {
  broot_what=
  case $1 in
    127.* | ::1) broot_what='this host' ;;
    169.254.* | 168.63.129.16 | fd00:ec2::* | fe[89ab]?:*) broot_what="a neighbour on this host's link" ;;
    10.* | 192.168.* | 172.1[6-9].* | 172.2?.* | 172.3[01].* | 100.6[4-9].* | 100.[789]?.* | 100.1[01]?.* | 100.12[0-7].* | f[cd]??:*)
      [ "$broot_kind" = private-name ] || broot_what='a private address'
      ;;
    0.* | 192.0.0.* | 198.1[89].* | 22[4-9].* | 23?.* | 24?.* | 25?.*) broot_what='not the address of a host' ;;
    64:ff9b::*)
      # An IPv4 address, as a network that translates writes it.
      broot_low=${1#64:ff9b::}
      case $broot_low in
        *[!0-9a-f:]* | *:*:* | :* | *:) broot_what='not the address of a host' ;;
        *:*)
          broot_high=$((0x${broot_low%:*})) broot_low=$((0x${broot_low#*:}))
          broot_judge "$((broot_high >> 8)).$((broot_high & 255)).$((broot_low >> 8)).$((broot_low & 255))"
          return
          ;;
        *) broot_what='not the address of a host' ;;
      esac
      ;;
    *.*.*.*) ;;
    2002:*) broot_what='not the address of a host' ;;
    [23]???:*) ;;
    *) broot_what='not the address of a host' ;;
  esac
  [ "$broot_what" ] || ! broot_is_own "$1" || broot_what='this host'
}
broot_kind=$0
broot_found=
case $broot_kind in
  localhost) broot_found=127.0.0.1 ;;
  address)
    broot_found=$1
    case $1 in
      127.* | ::1) ;;
      *)
        ! broot_is_own "$1" || {
          broot_say "$broot_at was refused: $1 is this host; for a service of it write \`net allow localhost:$2\`"
          exit 1
        }
        ;;
    esac
    ;;
  *)
    while read -r broot_address broot_type broot_rest; do
      [ "$broot_type" = STREAM ] || continue
      broot_judge "$broot_address"
      [ ! "$broot_what" ] || {
        broot_say "$broot_at was refused: the name leads to $broot_address, which is $broot_what"
        exit 1
      }
      case " $broot_found " in
        *" $broot_address "*) ;;
        *) broot_found="$broot_found $broot_address" ;;
      esac
    done <<EOT
$(getent ahosts "$1")
EOT
    ;;
esac
[ "$broot_found" ] || broot_say "$broot_at failed: the host finds no address of that name"
for broot_address in $broot_found; do
  case $broot_address in
    *:*) broot_to=TCP6:[$broot_address]:$2 ;;
    *) broot_to=TCP4:$broot_address:$2 ;;
  esac
  broot_error=$(socat -b 65536 -t 3600 FD:0,shut-down "$broot_to,connect-timeout=30,nodelay,keepalive" 2>&1 >/dev/null) && exit
  case $broot_error in
    # The next address, since this one was never connected.
    *' connect('* | *'connecting to'*) ;;
    *) exit ;;
  esac
  broot_say "$broot_at failed: ${broot_error##*: } ($broot_address)"
done
