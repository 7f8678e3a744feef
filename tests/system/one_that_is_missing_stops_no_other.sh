# grade a.c none.c b.c: b.c is graded, and what is wrong with none.c is told.
quick="$SOURCE/tests/browser/quick-lock"
lock_source a.c "" "$spin" "$free"
cp a.c b.c
run 2 "$SYNCGRADE" grade --exercise "$quick" a.c none.c b.c --format csv --output all.csv --format json --output last.json
says err "none.c: No such file or directory"
run 0 test "$(cut -d, -f4,6 all.csv | tr -d '\r' | tr '\n' ' ')" = "submission,verdict a.c,pass none.c,error b.c,pass "
# A manifest with more threads than can be explored: told where, once, whatever the number of submissions.
mkdir many && sed 's/explore: { threads: [0-9]*/explore: { threads: 33/; s/^exercise: .*/exercise: many/' "$quick/exercise.yaml" >many/exercise.yaml
run 2 "$SYNCGRADE" grade --exercise ./many a.c b.c
says err "explore.threads: 33 is out of range; write 1 to 32"
run 0 test "$(grep -c 'workloads\[0\]' err)" -eq 1
