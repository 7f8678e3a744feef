# Rounds that would take hours are cut by time, and all threads of a barrier stop after the same one. A barrier that spins
# needs a time slice for each thread and round where there are more threads than processors.
mkdir barrier
sed -e 's/^\(    \(native\|tsan\): .*\)rounds: [0-9]*/\1rounds: 100000000/' "$SOURCE/exercises/barrier/exercise.yaml" >barrier/exercise.yaml
cp "$SOURCE/exercises/barrier/README.md" "$SOURCE/exercises/barrier/starter.c" barrier/
for solution in sense_reversing mutex_condition dissemination; do
	run 0 "$SYNCGRADE" grade --exercise ./barrier --engines native,tsan "$SOURCE/reference/solutions/barrier/$solution.c"
done
grep -c 'rounds: 100000000' barrier/exercise.yaml >/dev/null || { echo "no rounds were raised"; failed=1; }
