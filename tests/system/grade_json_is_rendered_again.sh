# What ‘grade --format json’ has written, report renders: one result or several, in any format, by the submission's name.
quick="$SOURCE/tests/browser/quick-lock"
lock_source right.c "" "$spin" "$free"
sed 's/usleep(1)/backoff()/' right.c >wrong.c
mkdir sub && mv wrong.c sub
run 1 "$SYNCGRADE" grade --exercise "$quick" right.c sub/wrong.c --format json --output grades.json
run 0 "$SYNCGRADE" report grades.json
says out "right.c" "wrong.c"
run 0 "$SYNCGRADE" report grades.json --format text
says out "right.c" "PASS" "wrong.c" "FAIL"
run 0 "$SYNCGRADE" report grades.json --format csv --format html --output page.html
says out "right.c" "wrong.c"
run 0 grep -q "wrong.c" page.html
run 0 "$SYNCGRADE" report grades.json --each --format text --output each
run 0 test "$(ls each | wc -l)" -eq 2
run 0 "$SYNCGRADE" report grades.json --only right.c --format json
run 0 jq -e '.submission == "right.c"' out
# Half of one is none, nor is an empty file; in a class's folder each has to say whose it is.
head -c 900 grades.json >half.json && : >empty.json
run 2 "$SYNCGRADE" report half.json
says err "half.json is not a result" "grade --format json"
run 2 "$SYNCGRADE" report empty.json
says err "empty.json is not a result"
mkdir class && head -n 1 grades.json >class/right.json
run 2 "$SYNCGRADE" report class
says err "does not say whose it is"
