# What is no schedule, and what is none of this plugin's, is refused with the place and the reason; exit status 2.
cp "$SOURCE/tests/mutants/lock/hyman.c" .
refused() {
	run 2 "$SYNCGRADE" replay hyman.c --check "$1" --schedule "$2"
	says err "$3"
}
refused counter/mutual-exclusion zzz "does not fit this plugin: step 1, of thread 24: there is no such thread"
refused counter/mutual-exclusion HHH "“HHH” is no schedule: what begins at character 1 is not understood"
refused counter/mutual-exclusion '' "is no schedule"
refused counter/mutual-exclusion 'a3;id' "what begins at character 3 is not understood"
refused counter/mutual-exclusion a3p1 "does not fit this plugin: step 4, of thread 15: there is no such thread"
refused counter/mutual-exclusion a=b0 "step 1, of thread 0"
refused counter/mutual-exclusion a@b1 "step 1, of thread 0"
refused counter/mutual-exclusion a_1 "it is in no such loop"
refused counter/mutual-exclusion T9.0x2:a "it names memory that is not there"
refused starvation/bounded-waiting sa+2 "there is no such alternative"
refused starvation/bounded-waiting sq "step 1, of thread 16: there is no such thread"
refused starvation/bounded-waiting s7 "is no schedule"
# One that fits, and shows nothing, says so.
run 0 "$SYNCGRADE" replay hyman.c --check counter/mutual-exclusion --schedule a3
says out "This schedule shows no violation of it." "NOTHING SHOWN"
says_not out "PASS" "points"
run 0 "$SYNCGRADE" replay hyman.c --check counter/mutual-exclusion --schedule a3 --format json
[ "$(jq -r '.checks[0].status, .checks[0].score' out | tr '\n' ' ')" = "inconclusive 0 " ]
# What is printed is what fails again.
run 1 "$SYNCGRADE" grade --engines explore --format json hyman.c
cp out graded.json
for check in counter/mutual-exclusion counter/data-race starvation/bounded-waiting; do
	schedule=$(jq -r --arg id "$check" '.checks[] | select(.id == $id) | .counterexample.schedule' graded.json)
	run 1 "$SYNCGRADE" replay hyman.c --check "$check" --schedule "$schedule"
	says out "--schedule $schedule"
done
