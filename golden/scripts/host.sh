#!/bin/sh
# The build root test, compiled by broot TEST. Its arguments are the program's.

# Needs bubblewrap, coreutils and, where it sets up the host, util-linux.
set -u
# shellcheck disable=SC2034  # where a namespace is needed, the script starts itself again in it
[ "${broot_launcher-}" = $$ ] || broot_script=$0

# A failure that is not the program's: one line, status 125.
broot_fail() {
  printf 'broot: %s\n' "$*" >&2
  exit 125
}

# bubblewrap is found on PATH.
broot_find() {
  IFS=:
  for broot_directory in ${PATH-}; do
    if [ -f "${broot_directory:-.}/bwrap" ] && [ -x "${broot_directory:-.}/bwrap" ]; then
      broot_bwrap=${broot_directory:-.}/bwrap
      break
    fi
  done
  unset IFS
  [ "$broot_bwrap" ] || broot_fail 'bwrap is not on PATH; install the package bubblewrap'
}
broot_bwrap=
set -f
broot_find
set +f

# Run.
exec env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin HOME=/tmp ${TERM+"TERM=$TERM"} "$broot_bwrap" \
  --chdir / \
  --die-with-parent \
  --new-session \
  --unshare-user \
  --unshare-ipc \
  --unshare-pid \
  --unshare-net \
  --unshare-uts \
  --unshare-cgroup-try \
  --ro-bind /usr /usr \
  --symlink usr/bin /bin \
  --symlink usr/sbin /sbin \
  --symlink usr/lib /lib \
  --symlink usr/lib64 /lib64 \
  --ro-bind-try /etc/alternatives /etc/alternatives \
  --ro-bind-try /etc/ld.so.cache /etc/ld.so.cache \
  --proc /proc \
  --dev /dev \
  --tmpfs /tmp \
  -- "$@" 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-
