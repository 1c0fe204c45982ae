#!/bin/sh
# What somebody would write by hand for the same: set up in a mount namespace, run, take down.
# Usage: by-hand.sh LIBDIR ARGV...
set -e
if [ "${BY_HAND-}" != $$ ]; then
  BY_HAND=$$ exec unshare -m --propagation slave -- "$0" "$@"
fi
unset BY_HAND
libdir=$1
shift
api=$(mktemp -d /run/osbuild/osbuild-api-XXXXXX)
dev=$(mktemp -d /run/osbuild/osbuild-dev-XXXXXX)
var=$(mktemp -d /var/tmp/osbuild-var-XXXXXX)
trap 'umount --lazy "$dev"; rm -rf "$api" "$dev" "$var"' EXIT
mount -t tmpfs -o nosuid none "$dev"
mknod -m 666 "$dev/full" c 1 7
mknod -m 666 "$dev/null" c 1 3
mknod -m 666 "$dev/random" c 1 8
mknod -m 666 "$dev/urandom" c 1 9
mknod -m 666 "$dev/tty" c 5 0
mknod -m 666 "$dev/zero" c 1 5
bwrap --cap-add CAP_MAC_ADMIN --chdir / --die-with-parent --new-session --setenv PATH /usr/sbin:/usr/bin \
  --setenv PYTHONPATH /run/osbuild/lib --unshare-ipc --unshare-pid --ro-bind /usr /usr \
  --symlink usr/lib /lib --symlink usr/lib64 /lib64 --symlink usr/bin /bin --symlink usr/sbin /sbin \
  --dev-bind "$dev" /dev --tmpfs /dev/shm --dir /etc --tmpfs /run --tmpfs /tmp --bind "$var" /var \
  --proc /proc --bind /sys /sys --ro-bind "$libdir" /run/osbuild/lib --dir /run/osbuild/api \
  -- /run/osbuild/lib/runners/r "$@" </dev/null
