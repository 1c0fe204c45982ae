#!/bin/sh
# The build root test, compiled by broot TEST. Its arguments are the program's.
# shellcheck disable=SC2015,SC2016,SC2034,SC2317,SC3013  # its parts stand by themselves, traps call functions, hints quote commands

# Descriptors that our caller passes, as NAME=NUMBER, and the one that hears what bubblewrap reports.
broot_passed=''
broot_relay=

# <<< message.sh >>>

# Programs that the run needs, with their packages, and the golden plan.
broot_tools='setsid:util-linux env:coreutils awk:mawk grep:grep sed:sed mkdir:coreutils rm:coreutils stat:coreutils flock:util-linux unshare:util-linux mount:mount umount:mount mknod:coreutils cp:coreutils python3:python3'
broot_plan=
broot_reports=

# <<< start.sh >>>
[ "$#" -le 8930 ] || broot_fail "bubblewrap takes 9000 arguments, and this spec needs 70 of them: the program may have 8930, and has $#; give it the rest in a file or on standard input"

# <<< identity.sh >>>

broot_reason='base:osbuild-2020:34 sets up the host'

# <<< root.sh >>>

# <<< environment.sh >>>

broot_wants_mounts=yes
broot_wants_bash=

# <<< again.sh >>>

# What is made only where the host is so.
broot_if1=
if [ -d /srv/tree/boot ] && [ ! -L /srv/tree/boot ]; then broot_if1=yes; fi
broot_if2=
if [ -d /srv/tree/usr ] && [ ! -L /srv/tree/usr ]; then broot_if2=yes; fi

# <<< module.sh >>>
broot_module_osbuild=
broot_find_module osbuild && broot_module_osbuild=$broot_module
broot_attest_before=
broot_attest_behind=

# <<< own.sh >>>
broot_own_binds() {
  "$broot_own_do" base:osbuild-2020:49 /sys
  "$broot_own_do" test.broot:5 '/a b'
}
broot_own_know
broot_own_do=broot_own_look
broot_own_binds
[ ! "$broot_own_reached" ] || {
  eval "$(cat <<'BROOT_LATER'
# <<< masks.sh >>>
# <<< mask-patterns.sh >>>
# <<< aliases.sh >>>
# <<< mask-names.sh >>>
# <<< mask-words.sh >>>
broot_free='6 7 8 9 3 '
[ ! "$broot_if1" ] || broot_mask_mount 1 ro /srv/tree/boot /boot
[ ! "$broot_if2" ] || broot_mask_mount 2 ro /srv/tree/usr /usr
broot_mask_mount 3 own '' /dev
broot_mask_mount 4 own '' /dev/shm
broot_mask_mount 5 own '' /run
broot_mask_mount 6 own '' /tmp
broot_mask_mount 7 own '' /var
broot_mask_mount 8 own '' /proc
broot_mask_mount 9 rw /sys /sys
broot_mask_mount 10 ro /usr/lib/osbuild /run/osbuild/lib
broot_mask_mount 11 ro "$broot_module_osbuild" /run/osbuild/lib/osbuild
broot_mask_mount 12 rw '/a b' '/c'\''d'
broot_call_covering() {
  broot_open
  set -- -- "$@"
  eval "set -- $broot_covers \"\$@\""
  set -- \
    --dir /run/osbuild/api "$@"
  eval "set -- ${broot_pins_12-} ${broot_guards_12-} \"\$@\""
  set -- \
    --ro-bind /usr/lib/osbuild /run/osbuild/lib \
    --ro-bind "$broot_module_osbuild" /run/osbuild/lib/osbuild \
    --bind '/a b' '/c'\''d' "$@"
  eval "set -- ${broot_pins_9-} ${broot_guards_9-} \"\$@\""
  set -- \
    --proc /proc \
    --bind /sys /sys "$@"
  eval "set -- ${broot_pins_7-} ${broot_guards_7-} \"\$@\""
  set -- \
    --tmpfs /dev/shm \
    --dir /etc \
    --tmpfs /run \
    --tmpfs /tmp \
    --bind "$broot_tmp_var" /var "$@"
  eval "set -- ${broot_pins_3-} ${broot_guards_3-} \"\$@\""
  set -- \
    --cap-add CAP_MAC_ADMIN \
    --chdir / \
    --die-with-parent \
    --new-session \
    --setenv PATH /usr/sbin:/usr/bin \
    --setenv PYTHONPATH /run/osbuild/lib \
    --unshare-ipc \
    --unshare-pid \
    ${broot_if1:+--ro-bind /srv/tree/boot /boot} \
    ${broot_if2:+--ro-bind /srv/tree/usr /usr} \
    --symlink usr/lib /lib \
    --symlink usr/lib64 /lib64 \
    --symlink usr/bin /bin \
    --symlink usr/sbin /sbin \
    --dev-bind "$broot_tmp_dev" /dev "$@"
  # shellcheck disable=SC2086
  broot_start "$broot_bwrap" $broot_plumbing "$@"
}
BROOT_LATER
)"
  broot_own_make
  broot_own_do=broot_own_hide
  broot_own_binds
}
# <<< ways.sh >>>
broot_way_reason=' is a symlink, through which bubblewrap would do what this line says at another place; name the place to which it leads, or put a directory there'
broot_way base:osbuild-2020:52 yes /run/osbuild/lib/osbuild \
  /usr/lib/osbuild /run/osbuild/lib yes ''

broot_timeout=
broot_grace=
broot_status_file=
broot_status_file=${broot_asked_file:-$broot_status_file}

# <<< supervise.sh >>>

# <<< signals.sh >>>
broot_read_group() {
  eval "$(cat <<'BROOT_LATER'
# <<< group.sh >>>
BROOT_LATER
)"
  broot_find_group "$1"
}

# <<< ids.sh >>>

broot_maps=

# <<< teardown.sh >>>
broot_undo() {
  :
  [ ! "$broot_entry" ] || broot_remove_outside "$broot_tmp_var" "$broot_tmp_dev" "$broot_tmp_api" "$broot_entry" || {
    broot_unmount "$broot_tmp_dev" "$broot_tmp_dev_mounted"
    broot_remove "$broot_tmp_var" "$broot_tmp_dev" "$broot_tmp_api" "$broot_entry"
  }
}
broot_tmp_api=
broot_tmp_dev=
broot_tmp_var=
broot_tmp_dev_mounted=
broot_entry=
trap broot_teardown EXIT

# What the kernel is held to before the program starts.
broot_holds=4
broot_led_1=/srv/tree/boot
broot_led_2=/srv/tree/usr
broot_led_14=/sys
broot_led_15=/usr/lib/osbuild
broot_led_16="$broot_module_osbuild"
broot_led_17='/a b'
broot_attest() {
  eval "set -- \"\$@\" $broot_attest_before"
  set -- "$@" \
    ${broot_if1:+bind ro base:osbuild-2020:26 "$broot_led_1" /boot} \
    ${broot_if2:+bind ro base:osbuild-2020:27 "$broot_led_2" /usr} \
    symlink rw base:osbuild-2020:28 usr/lib /lib \
    symlink rw base:osbuild-2020:29 usr/lib64 /lib64 \
    symlink rw base:osbuild-2020:30 usr/bin /bin \
    symlink rw base:osbuild-2020:31 usr/sbin /sbin \
    any dev base:osbuild-2020:34 '' /dev \
    own rw base:osbuild-2020:41 '' /dev/shm \
    own rw base:osbuild-2020:45 '' /run \
    own rw base:osbuild-2020:46 '' /tmp \
    any rw base:osbuild-2020:47 '' /var \
    own rw base:osbuild-2020:48 '' /proc \
    bind rw base:osbuild-2020:49 "$broot_led_14" /sys \
    bind ro base:osbuild-2020:52 "$broot_led_15" /run/osbuild/lib \
    bind ro base:osbuild-2020:52 "$broot_led_16" /run/osbuild/lib/osbuild \
    bind rw test.broot:5 "$broot_led_17" '/c'\''d'
  eval "set -- \"\$@\" $broot_attest_behind"
  LC_ALL=C awk '<<< attest.awk >>>' "$@"
}

# <<< judge-look.sh >>>
broot_judge_calls() {
  [ ! "$broot_if1" ] || "$broot_judge_do" bind ro '' base:osbuild-2020:26 /srv/tree/boot /boot 1
  [ ! "$broot_if2" ] || "$broot_judge_do" bind ro '' base:osbuild-2020:27 /srv/tree/usr /usr 2
  "$broot_judge_do" own dev '' base:osbuild-2020:34 '' /dev 7
  "$broot_judge_do" own rw '' base:osbuild-2020:41 '' /dev/shm 8
  "$broot_judge_do" own rw '' base:osbuild-2020:45 '' /run 10
  "$broot_judge_do" own rw '' base:osbuild-2020:46 '' /tmp 11
  "$broot_judge_do" own rw '' base:osbuild-2020:47 '' /var 12
  "$broot_judge_do" own rw '' base:osbuild-2020:48 '' /proc 13
  "$broot_judge_do" bind rw '' base:osbuild-2020:49 /sys /sys 14
  "$broot_judge_do" bind ro '' base:osbuild-2020:52 /usr/lib/osbuild /run/osbuild/lib 15
  "$broot_judge_do" bind ro open base:osbuild-2020:52 "$broot_module_osbuild" /run/osbuild/lib/osbuild 16
  "$broot_judge_do" bind rw '' test.broot:5 '/a b' '/c'\''d' 17
}
broot_judge_denies() {
  :
}
broot_judge_do=broot_judge_look
broot_judge_held=broot_judge_look_denied
broot_judge_calls
broot_judge_denies
# <<< judge.sh >>>
# <<< the list of dangers >>>
broot_judge_do=broot_judge_mount
broot_judge_held=broot_judge_deny
broot_judge_services() {
  :
}
broot_judge_other_names() {
  :
}
broot_judge_calls
broot_judge_mounts

# <<< trust.sh >>>
# <<< erase.sh >>>
# <<< state.sh >>>
# <<< setup.sh >>>

# Set up.
broot_make_state
broot_tmp_api=/run/osbuild/osbuild-api-"$broot_id"
broot_tmp_dev=/run/osbuild/osbuild-dev-"$broot_id"
broot_tmp_var=/var/tmp/osbuild-var-"$broot_id"
broot_entry=$broot_state/$broot_id
broot_lock
broot_trust 6 /dev/full /dev/null /dev/random /dev/urandom /dev/tty /dev/zero "$broot_state" /run/osbuild /var/tmp
broot_claim "$broot_tmp_api" "$broot_tmp_dev" "$broot_tmp_var"
broot_mkdtemp "$broot_tmp_api" "$broot_tmp_dev" "$broot_tmp_var"
broot_tmp_dev_mounted=yes
mount -t tmpfs -o nosuid none "$broot_tmp_dev" || {
  broot_tmp_dev_mounted=
  broot_fail 'cannot mount a tmpfs on' "$broot_tmp_dev"
}
if [ "$broot_nodes" = ' 1:7 1:3 1:8 1:9 5:0 1:5' ]; then
  broot_copy_nodes /dev/full /dev/null /dev/random /dev/urandom /dev/tty /dev/zero "$broot_tmp_dev"
else
  broot_mknod "$broot_tmp_dev"/full 1 7 0666
  broot_mknod "$broot_tmp_dev"/null 1 3 0666
  broot_mknod "$broot_tmp_dev"/random 1 8 0666
  broot_mknod "$broot_tmp_dev"/urandom 1 9 0666
  broot_mknod "$broot_tmp_dev"/tty 5 0 0666
  broot_mknod "$broot_tmp_dev"/zero 1 5 0666
fi

# Run.
broot_learn_environment
broot_guarded=yes
broot_pid1=yes
broot_chdir=/
broot_mapped=
broot_path=/usr/sbin:/usr/bin
broot_start() {
  if [ "$broot_environment" ]; then
    eval "broot_clean setsid env --default-signal -i $broot_environment"' env -u PATH -u PYTHONPATH PATH=/usr/sbin:/usr/bin PYTHONPATH=/run/osbuild/lib "$@"'
  else
    broot_clean setsid env --default-signal -u PATH -u PYTHONPATH PATH=/usr/sbin:/usr/bin PYTHONPATH=/run/osbuild/lib "$@"
  fi
}
broot_open() {
  :
}
broot_call() {
  [ ! "$broot_own_reached" ] || {
    broot_call_covering "$@"
    return
  }
  # shellcheck disable=SC2086
  broot_start "$broot_bwrap" $broot_plumbing \
    --cap-add CAP_MAC_ADMIN \
    --chdir / \
    --die-with-parent \
    --new-session \
    --setenv PATH /usr/sbin:/usr/bin \
    --setenv PYTHONPATH /run/osbuild/lib \
    --unshare-ipc \
    --unshare-pid \
    ${broot_if1:+--ro-bind /srv/tree/boot /boot} \
    ${broot_if2:+--ro-bind /srv/tree/usr /usr} \
    --symlink usr/lib /lib \
    --symlink usr/lib64 /lib64 \
    --symlink usr/bin /bin \
    --symlink usr/sbin /sbin \
    --dev-bind "$broot_tmp_dev" /dev \
    --tmpfs /dev/shm \
    --dir /etc \
    --tmpfs /run \
    --tmpfs /tmp \
    --bind "$broot_tmp_var" /var \
    --proc /proc \
    --bind /sys /sys \
    --ro-bind /usr/lib/osbuild /run/osbuild/lib \
    --ro-bind "$broot_module_osbuild" /run/osbuild/lib/osbuild \
    --bind '/a b' '/c'\''d' \
    --dir /run/osbuild/api \
    -- "$@"
}
broot_watch
exec 3</dev/null
broot_debug=
broot_supervise /run/osbuild/lib/runners/r "$@"

# The run failed. A shell does not read further otherwise.
# <<< probe.sh >>>
# <<< explain.sh >>>
# <<< host.sh >>>
# <<< program.sh >>>
broot_steps() {
  "$broot_do" base:osbuild-2020:14 setting '' '' --cap-add CAP_MAC_ADMIN
  "$broot_do" '' setting '' '' --die-with-parent
  "$broot_do" base:osbuild-2020:15 setting '' '' --setenv PATH /usr/sbin:/usr/bin
  "$broot_do" base:osbuild-2020:16 setting '' '' --setenv PYTHONPATH /run/osbuild/lib
  "$broot_do" base:osbuild-2020:18 namespace ipc '' --unshare-ipc
  "$broot_do" base:osbuild-2020:19 namespace pid '' --unshare-pid
  [ ! "$broot_if1" ] || "$broot_do" base:osbuild-2020:26 ro /srv/tree/boot /boot --ro-bind /srv/tree/boot /boot
  [ ! "$broot_if2" ] || "$broot_do" base:osbuild-2020:27 ro /srv/tree/usr /usr --ro-bind /srv/tree/usr /usr
  "$broot_do" base:osbuild-2020:28 symlink usr/lib /lib --symlink usr/lib /lib
  "$broot_do" base:osbuild-2020:29 symlink usr/lib64 /lib64 --symlink usr/lib64 /lib64
  "$broot_do" base:osbuild-2020:30 symlink usr/bin /bin --symlink usr/bin /bin
  "$broot_do" base:osbuild-2020:31 symlink usr/sbin /sbin --symlink usr/sbin /sbin
  "$broot_do" base:osbuild-2020:34 rw "$broot_tmp_dev" /dev --dev-bind "$broot_tmp_dev" /dev
  "$broot_do" base:osbuild-2020:41 tmpfs '' /dev/shm --tmpfs /dev/shm
  "$broot_do" base:osbuild-2020:44 dir '' /etc --dir /etc
  "$broot_do" base:osbuild-2020:45 tmpfs '' /run --tmpfs /run
  "$broot_do" base:osbuild-2020:46 tmpfs '' /tmp --tmpfs /tmp
  "$broot_do" base:osbuild-2020:47 rw "$broot_tmp_var" /var --bind "$broot_tmp_var" /var
  "$broot_do" base:osbuild-2020:48 proc '' /proc --proc /proc
  "$broot_do" base:osbuild-2020:49 rw /sys /sys --bind /sys /sys
  "$broot_do" base:osbuild-2020:52 ro /usr/lib/osbuild /run/osbuild/lib --ro-bind /usr/lib/osbuild /run/osbuild/lib
  "$broot_do" base:osbuild-2020:52 ro "$broot_module_osbuild" /run/osbuild/lib/osbuild --ro-bind "$broot_module_osbuild" /run/osbuild/lib/osbuild
  "$broot_do" test.broot:5 rw '/a b' '/c'\''d' --bind '/a b' '/c'\''d'
  "$broot_do" base:osbuild-2020:54 dir '' /run/osbuild/api --dir /run/osbuild/api
  :
}
broot_chdir_said=base:osbuild-2020:13
broot_explain /run/osbuild/lib/runners/r "$@"
broot_end
