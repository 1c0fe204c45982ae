#!/bin/sh
# The build root test, compiled by broot TEST. Its arguments are the program's.
# shellcheck disable=SC2015,SC2034,SC2317,SC3013  # its parts stand by themselves, and traps call functions

# Descriptors that our caller passes, as NAME=NUMBER, and the one that hears what bubblewrap reports.
broot_passed=''
broot_relay=

# <<< start.sh >>>

broot_timeout=
broot_grace=
broot_status_file=

# <<< supervise.sh >>>

# Run.
broot_guarded=yes
broot_watch
exec 3<&0
broot_pid1=yes
broot_chdir=/
broot_path=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin
broot_start() {
  broot_clean -i \
    PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin \
    HOME=/tmp \
    ${TERM+"TERM=$TERM"} \
    setsid "$@"
}
broot_call() {
  # shellcheck disable=SC2086
  broot_start "$broot_bwrap" $broot_plumbing \
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
    ${broot_probe:+--chdir "$broot_probe"} \
    -- "$@"
}
[ "$#" != 0 ] || broot_fail 'which program? The spec has no entry'
broot_debug=
broot_supervise "$@"
