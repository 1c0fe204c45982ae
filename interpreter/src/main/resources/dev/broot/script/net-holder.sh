# Process 1 of a PID namespace, in a network of its own: waits until it is connected, and holds it. ROUTES
set -u
# Not by a number, which another PID namespace has given to another process.
mount --no-canonicalize --bind /proc/self/ns/net network || exit 1
broot_line=
read -r broot_line <&8 || :
[ "$broot_line" ] || {
  [ ! -e slirp ] || cat slirp >&2
  exit 1
}
ip -batch - <<EOT || exit 1
link set lo up
$1
EOT
echo ready >&3
# Nobody writes to it.
exec 3>&- 7>/proc/self/fd/8
read -r broot_line <&8
