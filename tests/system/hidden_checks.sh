# Of hidden checks a student's report tells how many they are and what they are worth, and nothing else.
mkdir -p exercise/secretive class
sed -e 's/^exercise: .*/exercise: secretive/' -e 's/^imports: \[/imports: [ "*",/' \
	-e '/workload: counter/{n;/data-race/{n;s/.*/    engines: [explore, tsan]\n    hidden: true\n    hint: "first-secret-hint"/}}' \
	-e 's/    hidden: true$/&/' -e 's/^  - name: counter/&\n    tsan: { threads: 2, rounds: 50, trials: 1, time_ms: 100 }/' \
	"$SOURCE/tests/browser/quick-lock/exercise.yaml" >exercise/secretive/exercise.yaml
sed -i '/property: bounded-waiting/a\    hint: "second-secret-hint"' exercise/secretive/exercise.yaml
# Right but for the two hidden checks: others overtake, and one thread writes in its first call what the other reads in its
# own. Nothing orders first calls, and the second sleeps before it reads, so that ThreadSanitizer need not be lucky: it can
# miss two accesses of one instant. It prints, too.
lock_source class/kim.c "" 'static int callers, been[64]; volatile int seen;
	if (!been[self]++) { if (self == 0) callers = 1; else { usleep(20000); seen = callers; } }
	while (atomic_exchange(&l->held, 1)) { } (void)seen; printf("printed-by-a-%s\n", "student");' \
	'atomic_store(&l->held, 0);'
cp "$SOURCE/reference/solutions/lock/mcs.c" class/lee.c
grade=("$SYNCGRADE" grade --exercise "$PWD/exercise/secretive")

# The whole, as the instructor has it.
run 1 "${grade[@]}" --format json --output whole.json class/kim.c
run 0 jq -e '[.checks[] | select(.hidden)] | length == 2 and all(.status == "fail")' whole.json
# What real threads show, which do not run where the explorer has found the fault already.
threads=("${grade[@]}" --engines tsan)
run 1 "${threads[@]}" --format json --output threads.json class/kim.c
run 0 jq -e '.findings | any(.kind == "data-race")' threads.json
run 0 jq -e '.output | contains("printed-by-a-student")' threads.json
# What tells of the hidden ones: every text of theirs, of the findings and of the output.
jq -r '[(.checks[] | select(.hidden) | .id, .message, .hint, .engines[].message, .counterexample.schedule, .counterexample.summary),
	(.findings[] | select(.workload != null) | .message), "printed-by-a-student", "starvation"] | unique[] | select(. != null and length > 3)' whole.json threads.json | sort -u >secrets
run 0 test "$(wc -l <secrets)" -ge 8
keeps_secrets() {
	if grep -nFf secrets "$1"; then
		printf 'that stands in %s\n' "$1"
		failed=1
	fi
}

for format in text github markdown html sarif junit tap classroom50; do
	"${threads[@]}" --verbose --format "$format" --output "$format.threads" class/kim.c >out 2>err
	keeps_secrets "$format.threads"
	keeps_secrets err
done
for format in text github markdown html sarif junit tap classroom50; do
	status=0
	# Classroom 50 records the grade: its total is the whole.
	[ "$format" = classroom50 ] && status=1
	run "$status" "${grade[@]}" --verbose --format "$format" --output "$format.report" class/kim.c
	keeps_secrets "$format.report"
	keeps_secrets err
	run 1 "${grade[@]}" --reveal-hidden --format "$format" --output "$format.revealed" class/kim.c
	run 0 grep -qF -e starvation/bounded-waiting -e 'starvation/bounded\-waiting' "$format.revealed"
done
for format in text github markdown tap; do
	says "$format.report" "2 hidden checks, worth 40 points, count too and are not shown"
done
says text.report "60 of 60 points that are shown"
says html.report '"hidden_checks":{"count":2,"points":40}'
says junit.report '<property name="hidden_checks" value="2"/>'
run 0 jq -e '.runs[0].properties == {"hiddenChecks": 2, "hiddenPoints": 40}' sarif.report
run 0 jq -e '.score == 60 and ."max-score" == 100' classroom50.report

GITHUB_STEP_SUMMARY=$PWD/step.report run 0 "${grade[@]}" --format github class/kim.c
says step.report "2 hidden checks, worth 40 points"
keeps_secrets step.report

# Gradescope has visibilities of its own: instructors see the tests, students not even the total.
run 1 "${grade[@]}" --format gradescope --output gradescope.json class/kim.c
run 0 jq -e '.score == 60 and ([.tests[] | select(.visibility == "hidden") | .name] == ["counter/data-race", "starvation/bounded-waiting"])' gradescope.json
jq 'del(.tests[] | select(.visibility == "hidden"))' gradescope.json >gradescope.report
keeps_secrets gradescope.report

# A class: the page for students, and for the instructor; gradebooks are whole, their feedback is the student's.
run 1 "$SYNCGRADE" batch class --exercise "$PWD/exercise/secretive" -o results
run 0 "$SYNCGRADE" report results --format html --output class.report
unpacked class.report >class.whole
keeps_secrets class.whole
run 0 grep -qF '"source":' class.whole
run 0 "$SYNCGRADE" report results --format html --reveal-hidden --output class.revealed
unpacked class.revealed >class.whole
run 0 grep -qF second-secret-hint class.whole
run 0 "$SYNCGRADE" report results --format csv --output grades.csv
says grades.csv "starvation/bounded-waiting"
run 0 "$SYNCGRADE" report results --format moodle --output moodle.report
says moodle.report ",60,"
keeps_secrets moodle.report
run 0 "$SYNCGRADE" report results
says out "starvation/bounded-waiting" "hidden from students" "60/100"

# Races are watched for in every workload; what only a hidden one shows fails no other check, which would tell of it.
lock_source three_threads.c "" 'static int callers; if (self > 0) callers++; while (atomic_exchange(&l->held, 1)) { }' 'atomic_store(&l->held, 0);'
watched() {
	mkdir -p "exercise/watched$1"
	cat >"exercise/watched$1/exercise.yaml" <<YAML
exercise: watched$1
version: 1
title: A lock
plugin: lock
workloads:
  - name: counter
    explore: { threads: 2, rounds: 1, max_executions: 5000 }
  - name: account
    explore: { threads: 3, rounds: 1, max_executions: 5000 }
    native: { threads: 3, rounds: 100, trials: 1, time_ms: 50 }
checks:
  - { workload: counter, property: data-race, engines: [explore], points: 60 }
  - { workload: account, property: mutual-exclusion, engines: [explore], points: 40, hidden: $1 }
imports: []
YAML
	"$SYNCGRADE" grade --exercise "$PWD/exercise/watched$1" --format json three_threads.c | jq -r '.checks[0].status' >status
}
watched false
run 0 grep -qx fail status
watched true
run 0 grep -qx pass status
