# Where only points, the title or what a starter may have were changed in a manifest, a batch computes the stored grades anew and
# runs nothing: what was seen holds. Where a remark becomes a check, it may need more than was looked at, and is graded anew.
quick="$SOURCE/tests/browser/quick-lock"
mkdir class && lock_source class/kim.c "" "$spin" "$free" && lock_source class/lee.c "" "" "" && echo 'int x = ;' >class/park.c
lock_source class/ann.c "" "$spin" "atomic_fetch_add_explicit(&l->held, 1, memory_order_relaxed);"
cp -r "$quick" quick-lock
batch() { "$SYNCGRADE" batch class --exercise ./quick-lock -o results "$@"; }
what() { jq -c '[.checks[] | [.id, .status, .engines, .counterexample]]' "results/$1.json"; }
score() { jq -c '[.score, .max_score, .verdict]' "results/$1.json"; }
run 1 batch
kim=$(what kim) ann=$(what ann) digest=$(jq -r .exercise_digest results/kim.json)
run 0 test "$(score ann)" = '[40,100,"fail"]'
# The first check loses 30, and the third has them.
sed -i '0,/points: 40/s//points: 10/; /workload: progress/,/points/s/points: 20/points: 50/; s/^title: .*/title: Another one/' quick-lock/exercise.yaml
echo 'starter_max: 20' >>quick-lock/exercise.yaml
run 0 batch --dry-run
says out "kim: would get other points, from what was seen: only points have changed" "park: would get other points"
run 0 test "$(score ann)" = '[40,100,"fail"]'
run 1 batch
says out "4 unchanged" "4 with other points, from what was seen when they were graded: only points have changed"
says_not out "stale"
run 0 test "$(score kim)" = '[100,100,"pass"]'
run 0 test "$(score ann)" = '[70,100,"fail"]'
run 0 test "$(score lee)" = '[0,100,"fail"]'
run 0 test "$(score park)" = '[0,100,"fail"]'
run 0 test "$(what kim)" = "$kim"
run 0 test "$(what ann)" = "$ann"
run 0 test "$(jq -r .exercise_digest results/kim.json)" != "$digest"
run 1 batch
says out "4 unchanged"
says_not out "other points"
# They are the points that a new grade gives.
run 1 "$SYNCGRADE" batch class --exercise ./quick-lock -o fresh
for who in kim ann lee park; do
	run 0 test "$(score "$who")" = "$(jq -c '[.score, .max_score, .verdict]' fresh/$who.json)"
	run 0 test "$(jq -r .exercise_digest results/$who.json)" = "$(jq -r .exercise_digest fresh/$who.json)"
done
# Compared before it is stored.
sed -i '0,/points: 10/s//points: 30/; /workload: progress/,/points/s/points: 50/points: 30/' quick-lock/exercise.yaml
run 1 batch --compare
says out "ann: 70/100 → 50/100" "nothing was stored"
run 0 test "$(score ann)" = '[70,100,"fail"]'
run 1 batch
run 0 test "$(score ann)" = '[50,100,"fail"]'
# A remark that becomes a check, or a check that becomes a remark: run again.
sed -i '0,/points: 30/s//points: 0/; /workload: progress/,/points/s/points: 30/points: 60/' quick-lock/exercise.yaml
run 0 batch --dry-run
says out "kim: would be graded again: a check has become a remark, or a remark a check" "park: would get other points"
run 1 batch
says out "1 unchanged" "1 with other points"
# Where points stand is a matter of what was parsed: comments and the form of it change nothing; what a hint says is told to
# students, whatever its lines begin with.
printf '# points: 7\n' >>quick-lock/exercise.yaml
sed -i 's/points: 60/"points":   60/' quick-lock/exercise.yaml
run 0 batch --dry-run
says out "kim: would get other points, from what was seen: only points have changed"
sed -i 's/^    hint: .*/    hint: |\n      points: 3 of them\n      - points: 4/' quick-lock/exercise.yaml
run 0 grep -q "points: 3 of them" quick-lock/exercise.yaml
run 1 batch --again
run 0 test "$(jq -r '.checks[0].hint' results/lee.json | head -n 1)" = "points: 3 of them"
sed -i 's/points: 3 of them/points: 5 of them/' quick-lock/exercise.yaml
run 0 batch --dry-run
says out "lee: would be kept, stale"
sed -i 's/points: 5 of them/points: 3 of them/' quick-lock/exercise.yaml
run 0 batch --dry-run
says out "lee: would be kept"
says_not out "stale"
# Anything else is a stale grade, as ever.
sed -i 's,max_executions: 5000,max_executions: 5001,' quick-lock/exercise.yaml
run 0 batch --dry-run
says out "kim: would be kept, stale"
# Gradebooks alone are made of less than what all reports together are made of, and are the same.
for format in csv canvas moodle; do
	run 0 "$SYNCGRADE" report results --format "$format" --output alone.csv
	run 0 "$SYNCGRADE" report results --format "$format" --output beside.csv --format summary --output summary.txt
	run 0 cmp alone.csv beside.csv
	run 0 test -s alone.csv
done
