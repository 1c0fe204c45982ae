#!/bin/sh
# What limits do with cgroups of version 2, told on the console: "= NAME", what was said, "= STATUS".
PATH=/usr/bin:/usr/sbin
HOME=/root
export PATH HOME
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t cgroup2 cgroup2 /sys/fs/cgroup
echo 1 >/proc/sys/kernel/printk
all=/sys/fs/cgroup
echo '+memory +pids +cpu' >$all/cgroup.subtree_control
told() {
  echo "= $1"
  shift
  "$@" 2>&1
  echo "= $?"
}
eat() { # MEGABYTES
  echo dd if=/dev/zero of=/dev/null count=1 bs="$1"M
}
echo
left() {
  find $all -type d -name 'broot-*'
}
# In a cgroup of its own: CGROUP COMMAND...
within() {
  (
    echo 0 >"$1/cgroup.procs"
    shift
    "$@"
  )
}
as_user() {
  setpriv --reuid 1000 --regid 1000 --clear-groups env HOME=/tmp "$@"
}

# shellcheck disable=SC2046
told memory sh /srv/memory.sh $(eat 200)
# shellcheck disable=SC2046
told enough-memory sh /srv/memory.sh $(eat 20)
# shellcheck disable=SC2016
told processes sh /srv/pids.sh sh -c 'i=0; while [ $i -lt 40 ]; do sleep 60 & i=$((i + 1)); done'
# shellcheck disable=SC2016
told processor sh /srv/cpu.sh sh -c 'echo >&2 started; until [ -e /none ]; do [ "${i:=0}" -lt 20000 ] || exit 0; i=$((i + 1)); done'
told left left

# The caller's cgroup is bounded, and has processes: ours lies beside it.
mkdir $all/a
echo '+memory +pids +cpu' >$all/a/cgroup.subtree_control
mkdir $all/a/leaf
echo 32M >$all/a/leaf/memory.max
echo 100 >$all/a/leaf/pids.max
echo '30000 100000' >$all/a/leaf/cpu.max
# shellcheck disable=SC2046
told callers-memory within $all/a/leaf sh /srv/much.sh $(eat 100)
# shellcheck disable=SC2046
told callers-memory-without-a-limit-of-it within $all/a/leaf sh /srv/pids.sh $(eat 100)
bounds() {
  within $all/a/leaf sh "/srv/$1.sh" sh -c 'echo; exec sleep 60' >/tmp/ready &
  until [ -s /tmp/ready ]; do :; done
  for name in memory.max pids.max cpu.max; do
    read -r value <"$(echo $all/a/broot-*)/$name"
    echo "$name $value"
  done
  read -r member <"$(echo $all/a/broot-*)/cgroup.procs"
  kill "$member"
  wait
  rm /tmp/ready
}
told bounds-of-pids bounds pids
told bounds-of-cpu bounds cpu

# A part of the tree that is delegated, as systemd does it.
mkdir $all/u
chown 1000 $all/u $all/u/cgroup.procs $all/u/cgroup.subtree_control
echo '+memory +pids' >$all/u/cgroup.subtree_control
mkdir $all/u/leaf
chown 1000 $all/u/leaf $all/u/leaf/cgroup.procs
# shellcheck disable=SC2046
told delegated within $all/u/leaf as_user sh /srv/memory.sh $(eat 200)
told not-delegated as_user sh /srv/memory.sh echo ran

killed() {
  sh /srv/pids.sh sh -c 'echo; exec sleep 60' >/tmp/ready &
  until [ -s /tmp/ready ]; do :; done
  kill -KILL $!
  wait
  old=$(echo $all/broot-*)
  # The kernel sees off what died with it.
  while read -r member <"$old/cgroup.procs"; do :; done
  touch -d '2 minutes ago' "$old"
  sh /srv/pids.sh sh -c 'echo ran'
  [ ! -e "$old" ] && left
}
told killed killed
echo '= end'
echo o >/proc/sysrq-trigger
sleep 60
