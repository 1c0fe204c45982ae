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
eval "$BROOT_CONNECT"
broot_connect network
exec unshare -n -- /bin/sh -c "$4" broot-net "$broot_routes"
