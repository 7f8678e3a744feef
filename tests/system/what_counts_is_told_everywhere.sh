# A check that builds on one that fails holds, and does not count: in every format. And what was not looked at earns
# nothing: an exercise says what it accepts.
cp "$SOURCE/tests/mutants/lock/static_mutex.c" lock.c
sentence="It holds, and counts once independence/independence holds."
for format in json github junit tap gradescope classroom50 markdown; do
	run 1 "$SYNCGRADE" grade --exercise lock --engines explore --format $format lock.c
	tr -d '\\' <out >plain
	says plain "$sentence"
done
run 1 "$SYNCGRADE" grade --exercise lock --engines explore --verbose lock.c
says out "$sentence"
run 1 "$SYNCGRADE" grade --exercise lock --engines explore lock.c
says out "20 points more once independence/independence holds: starvation/bounded-waiting"
run 1 "$SYNCGRADE" grade --exercise lock --engines explore --format json lock.c
jq -e '.schema == "syncgrade/result/2" and .score == 75 and .verdict == "fail"' out >/dev/null || { cat out; failed=1; }
jq -e '.checks[] | select(.id == "starvation/bounded-waiting") | .status == "uncounted" and .score == 0 and
	.unmet == "independence/independence" and (.requires | index("independence/independence") != null)' out >/dev/null ||
	{ echo "bounded waiting is not uncounted"; failed=1; }
jq -e '.checks[] | select(.id == "counter/mutual-exclusion") | .engines[0].coverage.kind == "all"' out >/dev/null ||
	{ echo "mutual exclusion does not tell its coverage"; failed=1; }
run 1 "$SYNCGRADE" grade --exercise lock --engines explore --format sarif lock.c
says out '"status": "uncounted"' '"explored": "all executions there are"'
run 1 "$SYNCGRADE" grade --exercise lock --engines explore --format csv lock.c
says out "points counter/mutual-exclusion" "explored counter/mutual-exclusion" "uncounted"
run 1 "$SYNCGRADE" grade --exercise lock --engines explore --format summary lock.c
says out "uncounted" "sampled"
run 1 "$SYNCGRADE" grade --exercise lock --engines explore --format html lock.c
says out '"uncounted"'

# A budget that does not suffice for all: sampled, which is enough by itself.
cp -r "$SOURCE/exercises/lock" .
sed -i 's/max_executions: [0-9]*/max_executions: 300/' lock/exercise.yaml
lock_source ticket.c "" "$spin" "$free"
run 0 "$SYNCGRADE" grade --exercise ./lock --engines explore ticket.c
says out "checks explored in part"
run 0 "$SYNCGRADE" grade --exercise ./lock --engines explore --verbose ticket.c
says out "Explored: "
# Where all is asked for, it is not: no points, and what can be done.
printf 'coverage: { accept: all }\n' >>lock/exercise.yaml
run 1 "$SYNCGRADE" grade --exercise ./lock --engines explore,native ticket.c
says out "could not be judged" "Not judged: the explorer has looked at too little" "max_executions of thirty-two"

# What builds on a hidden check does not name it.
cp "$SOURCE/exercises/lock/exercise.yaml" lock/exercise.yaml
sed -i '/workload: independence/{n;s/$/\n    hidden: true/}' lock/exercise.yaml
for format in text junit markdown tap github html; do
	"$SYNCGRADE" grade --exercise ./lock --engines explore --format $format lock.c >out 2>err
	says_not out "independence"
	tr -d '\\' <out >plain
	says plain "counts once a check that is not shown holds."
done
