# A memory limit around the grader, smaller than what the exercise allows: an error, never a fail. Its own limit: a fail.
[ "$(id -u)" -eq 0 ] || skip "needs root"
lock_source lock.c 'char *m = malloc(60u << 20); if (!m) return 12; for (unsigned i = 0; i < 60u << 20; i += 4096) m[i] = 1; l->memory = m;' "$spin" "$free" '.destroy = destroy'
sed -i 's/struct lock { atomic_uint held, next; };/struct lock { atomic_uint held, next; char *memory; };\nstatic void destroy(struct lock *l) { free(l->memory); }/' lock.c
group=
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
	group=/sys/fs/cgroup/syncgrade-test-$$ limit=memory.max
else
	group=/sys/fs/cgroup/memory/syncgrade-test-$$ limit=memory.limit_in_bytes
fi
mkdir "$group" 2>err && echo $((50 << 20)) >"$group/$limit" 2>err || { rmdir "$group" 2>/dev/null; skip "no control group for memory can be made"; }
run 2 bash -c "echo \$\$ >'$group/cgroup.procs' && exec '$SYNCGRADE' grade --engines native --format json --output result.json lock.c"
rmdir "$group"
says err "a worker was killed from outside: by a memory limit around the grader"
run 0 jq -e '.verdict == "error" and ([.checks[] | select(.status == "fail")] == [])' result.json
run 0 "$SYNCGRADE" grade --engines native lock.c
