#!/bin/sh
# The build root test, compiled by broot TEST. Its arguments are the program's.
# shellcheck disable=SC2015,SC2016,SC2034,SC2317,SC3013  # its parts stand by themselves, traps call functions, hints quote commands

# Descriptors that our caller passes, as NAME=NUMBER, and the one that hears what bubblewrap reports.
broot_passed=''
broot_relay=

# <<< message.sh >>>

# <<< start.sh >>>
[ "$#" != 0 ] || broot_fail 'which program? The spec has no entry'
[ "$#" -le 8954 ] || broot_fail "bubblewrap takes 9000 arguments, and this spec needs 46 of them: the program may have 8954, and has $#; give it the rest in a file or on standard input"

broot_timeout=
broot_grace=
broot_status_file=

# <<< supervise.sh >>>

# <<< judge.sh >>>
# <<< the list of dangers >>>
broot_judge_denies() {
  :
}
broot_judge_mount bind ro '' base:host:25 /usr /usr
broot_judge_mount bind ro optional base:host:32 /etc/alternatives /etc/alternatives
broot_judge_mount bind ro optional base:host:33 /etc/ld.so.cache /etc/ld.so.cache
broot_judge_mount own rw '' base:host:35 '' /proc
broot_judge_mount own rw '' base:host:36 '' /dev
broot_judge_mount own rw '' base:host:37 '' /tmp
broot_judge_mounts

# Run.
broot_guarded=yes
broot_watch
exec 3<&0
broot_pid1=yes
broot_chdir=/
broot_mapped=
broot_path=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin
broot_start() {
  broot_clean setsid env --default-signal -i \
    PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin \
    HOME=/tmp \
    ${TERM+"TERM=$TERM"} \
    "$@"
}
broot_open() {
  :
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
    --cap-drop ALL \
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
    -- "$@"
}
broot_debug=
broot_supervise "$@"

# The run failed. A shell does not read further otherwise.
# <<< explain.sh >>>
# <<< host.sh >>>
# <<< program.sh >>>
broot_steps() {
  "$broot_do" '' setting '' '' --die-with-parent
  "$broot_do" base:host:15 namespace user '' --unshare-user
  "$broot_do" base:host:16 namespace ipc '' --unshare-ipc
  "$broot_do" base:host:17 namespace pid '' --unshare-pid
  "$broot_do" base:host:18 namespace net '' --unshare-net
  "$broot_do" base:host:19 namespace uts '' --unshare-uts
  "$broot_do" base:host:20 namespace cgroup-try '' --unshare-cgroup-try
  "$broot_do" base:host:13 setting '' '' --cap-drop ALL
  "$broot_do" base:host:25 ro /usr /usr --ro-bind /usr /usr
  "$broot_do" base:host:26 symlink usr/bin /bin --symlink usr/bin /bin
  "$broot_do" base:host:27 symlink usr/sbin /sbin --symlink usr/sbin /sbin
  "$broot_do" base:host:28 symlink usr/lib /lib --symlink usr/lib /lib
  "$broot_do" base:host:29 symlink usr/lib64 /lib64 --symlink usr/lib64 /lib64
  "$broot_do" base:host:32 ro-optional /etc/alternatives /etc/alternatives --ro-bind-try /etc/alternatives /etc/alternatives
  "$broot_do" base:host:33 ro-optional /etc/ld.so.cache /etc/ld.so.cache --ro-bind-try /etc/ld.so.cache /etc/ld.so.cache
  "$broot_do" base:host:35 proc '' /proc --proc /proc
  "$broot_do" base:host:36 dev '' /dev --dev /dev
  "$broot_do" base:host:37 tmpfs '' /tmp --tmpfs /tmp
  :
}
broot_chdir_said=base:host:8
broot_explain "$@"
broot_end
