#!/bin/bash
# make.sh TREE SCRIPTS: a root file system for a small machine, as an initramfs on stdout: the host's own programs, what SCRIPTS
# holds in /srv, and the files beside this one.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
tree=$1
mkdir -p "$tree"/{usr/bin,usr/sbin,usr/lib,usr/lib64,dev,proc,sys,tmp,run,etc,root,srv}
chmod 1777 "$tree/tmp"
for name in bin sbin lib lib64; do
  ln -s "usr/$name" "$tree/$name"
done
put() {
  local real
  real=$(readlink -f "$1")
  mkdir -p "$tree${real%/*}" "$tree${1%/*}"
  cp -n "$real" "$tree$real"
  [ -e "$tree$1" ] || ln -s "$real" "$tree$1"
}
PATH=$PATH:/usr/sbin:/sbin
for name in dash sh bwrap env setsid stat awk prlimit find mktemp sed grep cat mkdir rmdir rm mv chmod chown readlink sleep id unshare \
  mount umount setpriv dd flock touch; do
  program=$(type -P "$name")
  put "$program"
  [ -e "$tree/usr/bin/$name" ] || ln -s "$program" "$tree/usr/bin/$name"
  # A static program has none.
  { ldd "$program" 2>/dev/null || :; } | grep -o '/[^ ]*' | while read -r library; do
    put "$library"
  done
done
cp "$(type -P busybox)" "$tree/usr/bin/busybox"
printf 'root:x:0:0::/root:/bin/sh\nme:x:1000:1000::/tmp:/bin/sh\n' >"$tree/etc/passwd"
printf 'root:x:0:\nme:x:1000:\n' >"$tree/etc/group"
cp "$here/init" "$here/limits.sh" "$tree/"
cp "$2"/* "$tree/srv/"
chmod 755 "$tree/init" "$tree/limits.sh"
(cd "$tree" && find . | busybox cpio -o -H newc 2>/dev/null | gzip -1)
