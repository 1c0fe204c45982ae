# Process 1 of a PID namespace, with mounts of its own, in the network of the host: starts what connects the sandbox to everything
# outside, and becomes what holds a network of its own. SHELL DIRECTORY - HOLDER
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
mount -t tmpfs -o mode=0700,nosuid,nodev,noexec broot-net "$2" && cd -- "$2" || exit 1
: >network || exit 1

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
        ;;
    esac
  done
}
broot_unreach <<EOT
$(ip route show table local && ip -6 route show table local)
EOT

# A pipe without a process or a file.
exec 6<network 8<<EOT
pipe
EOT
read -r broot_line <&8
exec 7>/proc/self/fd/8
{
  exec 3>&- 8<&-
  # The file becomes the network of the holder.
  until [ ! network -ef /proc/self/fd/6 ]; do :; done
  exec 6<&-
  if command -v pasta >/dev/null; then
    # Root is no other user there: who is could not enter the network. It fails where SIGPIPE is ignored, as it is in a script.
    broot_line=$(env --default-signal=PIPE pasta --quiet --config-net --no-map-gw -t none -u none -T none -U none --no-dhcp --no-dhcpv6 --no-ra \
      --dns-forward 192.0.2.3 --runas "$(id -u)" --netns-only --no-netns-quit --netns ./network 2>&1 >/dev/null 7>&-) || {
      printf 'pasta: %s\n' "$broot_line" >&2
      exit 1
    }
    echo up >&7
  else
    exec slirp4netns --configure --mtu=65520 --disable-host-loopback --cidr=192.0.2.0/24 --enable-ipv6 \
      --netns-type=path --ready-fd=7 network tap0 >/dev/null
  fi
} &
exec 6<&- 7>&-
exec unshare -n -- /bin/sh -c "$4" broot-net "$broot_routes"
