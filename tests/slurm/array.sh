#!/usr/bin/env bash
# array.sh SYNCGRADE SOURCE: doc/slurm/array.sh on a slurmctld and a slurmd of this machine, which listen on loopback, have all
# their files in a folder of their own, and end with the test. Four tasks, of which one is killed and run again; the
# report is whole. Skipped (77) without Debian's slurmctld, slurmd, slurm-client and munge, or without root.
set -euo pipefail
program=$(realpath "$1") source=$(realpath "$2")
quick=$source/tests/browser/quick-lock
STUDENTS=12

for command in slurmctld slurmd sbatch scancel squeue munged; do
	PATH=$PATH:/usr/sbin command -v "$command" >/dev/null || { echo "skipped: no $command (apt-get install slurmctld slurmd slurm-client munge)" && exit 77; }
done
[ "$(id -u)" -eq 0 ] || { echo "skipped: slurmd wants root" && exit 77; }
PATH=$PATH:/usr/sbin
folder=$(mktemp -d)
chmod 755 "$folder"
mkdir "$folder/state" "$folder/spool" "$folder/munge"
started=()

finish() {
	local status=$? pid
	# Those that were started here, in the order in which they need each other.
	for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
	for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
	[ "$status" -eq 0 ] || tail -n 15 "$folder"/*.log "$folder"/*.out 2>/dev/null || true
	rm -rf "$folder"
	exit "$status"
}
trap finish EXIT

# wait_until SECONDS WHAT COMMAND…
wait_until() {
	local seconds=$1 what=$2 i
	shift 2
	for ((i = 0; i < seconds * 10; i++)); do
		if "$@" >/dev/null 2>&1; then return; fi
		sleep 0.1
	done
	echo "waited $seconds s in vain: $what"
	exit 1
}

free_ports() {
	/usr/bin/python3 -c 'import socket
sockets = [socket.socket() for _ in range(2)]
for each in sockets: each.bind(("127.0.0.1", 0))
print(*(each.getsockname()[1] for each in sockets))'
}

# ---- the cluster ----
read -r control_port node_port < <(free_ports)
host=$(hostname -s)
dd if=/dev/urandom of="$folder/munge/key" bs=128 count=1 status=none
chmod 600 "$folder/munge/key"
cat >"$folder/slurm.conf" <<END
ClusterName=here
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
SlurmctldPort=$control_port
SlurmdPort=$node_port
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerParameters=sched_interval=1
NodeName=$host NodeAddr=127.0.0.1 CPUs=4 RealMemory=4096 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
printf 'CgroupPlugin=cgroup/v1\nCgroupMountpoint=%s/cgroup\nIgnoreSystemd=yes\n' "$folder" >"$folder/cgroup.conf"
export SLURM_CONF=$folder/slurm.conf
munged --foreground --force --socket "$folder/munge/socket" --key-file "$folder/munge/key" --pid-file "$folder/munge/pid" \
	--seed-file "$folder/munge/seed" --log-file "$folder/munge.log" >"$folder/munged.out" 2>&1 &
started=($!)
wait_until 10 "munged" test -S "$folder/munge/socket"
slurmctld -D -f "$SLURM_CONF" >"$folder/slurmctld.out" 2>&1 &
started=($! "${started[@]}")
slurmd -D -f "$SLURM_CONF" >"$folder/slurmd.out" 2>&1 &
started=($! "${started[@]}")
is_idle() { sinfo -h -o %T | grep -qx idle; }
wait_until 60 "an idle node" is_idle
echo "cluster: $(sinfo -h -o '%N is %T, %c processors, %m MiB')"

# ---- the class ----
mkdir "$folder/class" "$folder/bin"
ln -s "$program" "$folder/bin/syncgrade"
for ((i = 1; i <= STUDENTS; i++)); do
	plugin=$source/reference/solutions/lock/ticket.c
	[ $((i % 3)) -ne 0 ] || plugin=$source/tests/mutants/lock/no_lock.c
	{ printf '/* %d */\n' "$i" && cat "$plugin"; } >"$(printf '%s/class/student%02d.c' "$folder" "$i")"
done
cd "$folder"
export PATH=$folder/bin:$PATH
submit() { sbatch --parsable --cpus-per-task=1 --mem=700M "$@" "$source/doc/slurm/array.sh" "$folder/class" "$folder/results" --exercise "$quick"; }

# ---- four tasks, one killed in the midst ----
job=$(submit)
echo "submitted: job $job, tasks 1-4"
# Task 3 grades students 3, 7 and 11: the second is in its hands when it is killed.
in_midst() { [ -e results/student03.json ] && [ -e results/claims/student07 ]; }
wait_until 240 "task 3 with a result, at its second" in_midst
scancel --signal=KILL --full "${job}_3"
echo "killed: task 3, with $(cd results && ls student{03,07,11}.json 2>/dev/null | wc -l) of its 3 graded"
is_over() { [ -z "$(squeue -h -j "$job")" ]; }
wait_until 240 "the end of the array" is_over
graded=$(ls results/*.json | wc -l)
echo "over: $graded of $STUDENTS are graded"
[ "$graded" -lt "$STUDENTS" ] || { echo "nothing was killed" && exit 1; }
sum_before=$(sha256sum results/student03.json)

# ---- the killed one again ----
again=$(SHARDS=4 submit --array=3)
is_over() { [ -z "$(squeue -h -j "$again")" ]; }
wait_until 240 "the end of task 3" is_over
tail -n 4 "syncgrade-${again}_3.log"
[ "$(sha256sum results/student03.json)" = "$sum_before" ] || { echo "what task 3 had graded was graded again" && exit 1; }
grep -q "3 submissions: 2 pass, 1 fail\|3 submissions: .*1 unchanged" "syncgrade-${again}_3.log"

# ---- the report ----
syncgrade report results --format csv --output grades.csv
[ "$(($(wc -l <grades.csv) - 1))" -eq "$STUDENTS" ] || { echo "the report is not whole" && cat grades.csv && exit 1; }
[ ! -e results/claims ] || { echo "claims are left: $(ls results/claims)" && exit 1; }
[ -z "$(find results -name '*.tmp')" ] || { echo "half a result is left" && exit 1; }
syncgrade report results | grep -E ' pass, '
jq -r '.environment.sandbox' results/*.json | sort | uniq -c | sed 's/^ */sandbox in slurmd: /'
