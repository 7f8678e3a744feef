# The commands that a report ends with do what they say, also for a file with a name that a shell would take apart.
printed() { # LABEL: the commands that stand there, each in one line
	awk -v label="$1" '$1 == label { sub(/^ *[^ ]* /, ""); on = 1 }
		on { command = command $0; if (!sub(/\\$/, "", command)) { print command; command = ""; on = 0 } }' report.txt
}
PATH=$(dirname "$SYNCGRADE"):$PATH

mkdir -p "of Zoë's" && cp "$SOURCE/tests/mutants/lock/test_then_set.c" "of Zoë's/my lock.c"
COLUMNS=80 run 1 "$SYNCGRADE" grade --exercise "$SOURCE/tests/browser/quick-lock" --engines explore "of Zoë's/my lock.c"
cp out report.txt
run 1 sh -c "$(printed picture:)"
grep -q 'id="data"' 'my lock.html' || { echo "no page"; failed=1; }
run 1 sh -c "$(printed again:)"
says out "✗ counter/mutual-exclusion" "in the critical section ✗"

# The story of a short race is told, though its sentence names the two places.
cp "$SOURCE/tests/mutants/bounded-buffer/no_mutex.c" .
COLUMNS=80 run 1 "$SYNCGRADE" grade --engines explore no_mutex.c
says out "head is written ✗" "head is read ✗"
# What another workload than the check's own shows is found again.
cp out report.txt
printed story: >stories
[ "$(wc -l <stories)" -ge 2 ] && grep -q -- '--schedule capacity:' stories || { cat stories; failed=1; }
while read -r story; do
	run 1 sh -c "$story"
	says out "✗"
done <stories
