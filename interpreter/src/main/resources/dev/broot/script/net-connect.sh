# What connects a network namespace to everything outside of the host, for who has mounts and a PID namespace of its own.
# The host itself, by any of its addresses, and its neighbours, such as the metadata service of a cloud, are not outside.
broot_routes='route add unreachable 169.254.0.0/16
route add unreachable 168.63.129.16'
broot_unreach() {
  while read -r broot_type broot_address broot_rest; do
    case $broot_type:$broot_address in
      local:127.* | local:::1) ;;
      local:*)
        broot_routes="$broot_routes
route replace unreachable $broot_address"
        # A host with IPv6 has a cloud with metadata there.
        case $broot_address in
          *:*)
            broot_routes="$broot_routes
route replace unreachable fd00:ec2::254"
            ;;
        esac
        ;;
    esac
  done
}
broot_unreach <<EOT
$(ip route show table local && ip -6 route show table local)
EOT

# Our descriptor 8 says when the network that somebody lays over the file is connected; nothing where that fails, and then the file
# slirp may say why.
broot_connect() { # FILE
  : >"$1" || exit 1
  # A pipe without a process or a file.
  exec 6<"$1" 8<<EOT
pipe
EOT
  read -r broot_line <&8
  exec 7>/proc/self/fd/8
  {
    exec 3>&- 8<&-
    # The file becomes the network of who holds it.
    until [ ! "$1" -ef /proc/self/fd/6 ]; do :; done
    exec 6<&-
    if command -v pasta >/dev/null; then
      # Root is no other user there: who is could not enter the network. It fails where SIGPIPE is ignored, as it is in a script.
      broot_line=$(env --default-signal=PIPE pasta --quiet --config-net --no-map-gw -t none -u none -T none -U none --no-dhcp --no-dhcpv6 --no-ra \
        --dns-forward 192.0.2.3 --runas "$(id -u)" --netns-only --no-netns-quit --netns "./$1" 2>&1 >/dev/null 7>&-) || {
        printf 'pasta: %s\n' "$broot_line" >&2
        exit 1
      }
      echo up >&7
    else
      exec slirp4netns --configure --mtu=65520 --disable-host-loopback --cidr=192.0.2.0/24 --enable-ipv6 \
        --netns-type=path --ready-fd=7 "$1" tap0 >/dev/null 2>slirp
    fi
  } &
  exec 6<&- 7>&-
}
