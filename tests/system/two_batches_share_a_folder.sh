# Two batches on one results folder grade each submission once; what one that was killed had claimed, the other grades.
quick="$SOURCE/tests/browser/quick-lock"
mkdir class
for i in 1 2 3 4 5 6 7 8; do
	lock_source "class/student$i.c" "" "$spin" "$free"
	echo "/* $i */" >>"class/student$i.c"
done
batch=("$SYNCGRADE" batch class --exercise "$quick" --jobs 1 -o results)

# Each graded some, together all of them, none twice.
both_graded_once() {
	local one two
	one=$(grep -cE '^[0-9]+/[0-9]+ .*: (pass|fail)$' one.err) || true
	two=$(grep -cE '^[0-9]+/[0-9]+ .*: (pass|fail)$' two.err) || true
	run 0 test "$((one + two))" = 8
	run 0 test "$one" -gt 0
	run 0 test "$two" -gt 0
	run 0 test "$(ls results/*.json | wc -l)" = 8
	run 0 test ! -e results/claims
}

"${batch[@]}" >one.out 2>one.err &
first=$!
"${batch[@]}" >two.out 2>two.err &
second=$!
run 0 wait "$first"
run 0 wait "$second"
both_graded_once
# So where both are to grade again.
"${batch[@]}" --again >one.out 2>one.err &
first=$!
"${batch[@]}" --again >two.out 2>two.err &
second=$!
run 0 wait "$first"
run 0 wait "$second"
both_graded_once

# Killed in the midst: no claim outlives its owner for another batch on this machine.
rm -r results
"${batch[@]}" >one.out 2>one.err &
first=$!
for _ in $(seq 600); do
	[ -n "$(ls results/claims 2>/dev/null | grep -v '^\.')" ] && [ "$(ls results/*.json 2>/dev/null | wc -l)" -ge 1 ] && break
	sleep 0.05
done
claim=$(ls results/claims | head -1)
kill -KILL "$first"
wait "$first" 2>/dev/null
run 0 test -n "$claim"
run 0 "${batch[@]}"
says out "8 submissions: 8 pass"
run 0 test "$(ls results/*.json | wc -l)" = 8
run 0 test ! -e results/claims

# Of another machine: as long as it is touched it holds, then not.
rm -r results
mkdir -p results/claims
echo "another-machine/pid:[1] 1" >results/claims/student3
status=0
# In the foreground timeout(1) signals once; else the process, and then its group, which the second time ends at once.
timeout --foreground --preserve-status -s TERM 20 "${batch[@]}" >one.out 2>one.err || status=$?
run 0 test "$status" = 2
run 0 grep -q "waiting for 1 that another batch grades" one.err
run 0 test ! -e results/student3.json
touch -d '10 minutes ago' results/claims/student3
run 0 "${batch[@]}"
run 0 test -e results/student3.json

# Failures are no trouble to a batch system, where it wants it so; what could not be graded is.
lock_source class/wrong.c "" "" ""
run 1 "${batch[@]}"
run 0 "${batch[@]}" --exit-zero
run 2 "$SYNCGRADE" batch nowhere --exercise "$quick" -o results --exit-zero

# As many at a time as this process may use processors.
run 0 taskset -c "$(taskset -pc $$ | sed 's/.*: //; s/[,-].*//')" "$SYNCGRADE" batch class --exercise "$quick" -o results --exit-zero
[ "$(nproc)" -lt 2 ] || says err "1 at a time: affinity allows no more"
SLURM_JOB_ID=1 SLURM_MEM_PER_NODE=700 run 0 "$SYNCGRADE" batch class --exercise "$quick" -o results --exit-zero
[ "$(nproc)" -lt 2 ] || says err "1 at a time: SLURM_MEM_PER_NODE allows no more"
