#!/bin/bash
# A cluster of one machine on loopback: slurm.sh DIRECTORY JOB COUNT. Runs the job as an array of COUNT tasks, kills the last of each
# quarter, which hang and say so, and runs these again. What Slurm says of all tasks is in DIRECTORY/done-1 and done-2. docs/farm.md says the
# same for people.
set -u
# In a network of its own, with an address beside the loopback's: without one, the daemons' look-up of where to listen finds nothing.
if [ "${SLURM_TEST_NETWORK-}" != $$ ]; then
  export SLURM_TEST_NETWORK=$$
  exec unshare -n -- bash "$0" "$@"
fi
PATH=$PATH:/usr/sbin:/sbin
ip link set lo up && ip addr add 192.0.2.1/32 dev lo || exit 1
dir=$1/cluster
job=$2
out=$1/out
quarter=$(($3 / 4))
hanging="$((quarter - 1)) $((2 * quarter - 1)) $((3 * quarter - 1)) $((4 * quarter - 1))"
mkdir -p "$dir/state" "$dir/spool" "$dir/munge" "$dir/logs"
chmod 755 "$dir" "$dir/munge"
node=$(hostname -s)

stop() {
  for file in "$dir/slurmd.pid" "$dir/slurmctld.pid" "$dir/munge/pid"; do
    [ ! -s "$file" ] || {
      read -r pid <"$file"
      kill "$pid" 2>/dev/null && timeout 20 tail --pid="$pid" -f /dev/null
    }
  done
}
trap stop EXIT
fail() {
  echo "$1" >&2
  tail -n 20 "$dir"/*.log "$dir/munge/log" >&2
  exit 1
}

dd if=/dev/urandom of="$dir/munge/key" bs=1024 count=1 status=none
chmod 400 "$dir/munge/key"
munged --force --key-file="$dir/munge/key" --socket="$dir/munge/sock" --pid-file="$dir/munge/pid" \
  --log-file="$dir/munge/log" --seed-file="$dir/munge/seed" --num-threads=2 </dev/null >/dev/null 2>&1 || fail 'munged'

# Two ports that nobody has.
ports=$(python3 -c '
import socket
both = [socket.socket() for _ in range(2)]
for one in both: one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in both))')
cat >"$dir/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$node(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/munge/sock
SlurmctldPort=${ports% *}
SlurmdPort=${ports#* }
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,batch_sched_delay=0
SlurmdParameters=config_overrides
JobCompType=jobcomp/filetxt
JobCompLoc=$dir/done
AccountingStorageType=accounting_storage/none
NodeName=$node NodeAddr=127.0.0.1 CPUs=8 RealMemory=1000000 State=UNKNOWN
PartitionName=all Nodes=$node Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$dir/slurm.conf
slurmctld </dev/null >/dev/null 2>&1 || fail 'slurmctld'
slurmd </dev/null >/dev/null 2>&1 || fail 'slurmd'
timeout 120 sh -c 'until sinfo -h -o %T | grep -q idle; do sleep 0.1; done' 2>/dev/null || fail 'the node is not idle'

# No task may wait for ever, whatever else happens.
cd "$dir/logs" || exit 1
timeout 400 sbatch --wait -a "0-$(($3 - 1))" "$job" >"$dir/submitted" 2>&1 &
waiting=$!
for task in $hanging; do
  timeout 300 sh -c 'until [ -e "$0" ]; do sleep 0.1; done' "$out/started-$task" || fail "task $task has not started"
  read -r _ _ _ number <"$dir/submitted"
  scancel --batch --signal=KILL "${number}_$task" || fail "task $task cannot be killed"
done
wait "$waiting"
[ $? != 124 ] || fail 'the tasks do not end'
cp "$dir/done" "$1/done-1"
timeout 200 sbatch --wait -a "${hanging// /,}" "$job" >"$dir/submitted" 2>&1
[ $? != 124 ] || fail 'the tasks do not end'
cp "$dir/done" "$1/done-2"
