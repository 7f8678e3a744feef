# The commands that a report ends with do what they say, also for a file with a name that a shell would take apart.
mkdir -p "of Zoë's" && cp "$SOURCE/tests/mutants/lock/test_then_set.c" "of Zoë's/my lock.c"
COLUMNS=80 run 1 "$SYNCGRADE" grade --exercise "$SOURCE/tests/browser/quick-lock" --engines explore "of Zoë's/my lock.c"
cp out report.txt
PATH=$(dirname "$SYNCGRADE"):$PATH
printed() { # LABEL: the command that stands there, in one line
	sed -n "/^ *$1 /,/[^\\\\]\$/p" report.txt | sed "s/^ *$1 //; s/\\\\\$//" | tr -d '\n'
}
run 1 sh -c "$(printed picture:)"
grep -q '<h1\|id="data"' 'my lock.html' || { echo "no page"; failed=1; }
run 1 sh -c "$(printed again:)"
says out "✗ counter/mutual-exclusion" "in the critical section ✗"
