# Where memory is short the kernel ends a worker, never the grader, which has to tell what happened.
lock_source lock.c 'sleep(1);' "$spin" "$free"
descendants() {
	ps -e -o pid=,ppid= | awk -v first="$1" '
		{ parent[$1] = $2 }
		END { for (p in parent) for (q = p; q in parent; q = parent[q]) if (parent[q] == first) print p }'
}
"$SYNCGRADE" grade --engines native lock.c >out 2>err </dev/null &
grader=$!
own=$(cat /proc/$grader/oom_score_adj) highest=
for _ in $(seq 50); do
	highest=$(for p in $(descendants $grader); do cat "/proc/$p/oom_score_adj" 2>/dev/null; done | sort -n | tail -1)
	[ "${highest:-0}" -eq 1000 ] && break
	sleep 0.1
done
kill $grader
wait $grader
[ "$own" -lt 1000 ] || skip "here all are the first to go"
if [ "${highest:-0}" -ne 1000 ]; then
	echo "the grader has $own, and nothing that it started has more than ${highest:-nothing}, which should be 1000"
	failed=1
fi
