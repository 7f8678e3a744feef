# Killed at any moment and run again, a batch ends with the results of an undisturbed one.
mkdir class
i=0
for file in "$SOURCE"/reference/solutions/lock/{ticket,mcs,clh,peterson}.c "$SOURCE"/tests/mutants/lock/{no_lock,peterson_relaxed,hyman,null_pointer}.c; do
	i=$((i + 1))
	cp "$file" "class/student$i.c"
done
run 1 "$SYNCGRADE" batch class -o whole
verdicts() {
	"$SYNCGRADE" report "$1" --format csv | cut -d, -f1,6,7,8
}
verdicts whole >expected
for attempt in 1 2 3 4 5 6; do
	"$SYNCGRADE" batch class -o broken >/dev/null 2>&1 &
	batch=$!
	sleep "0.$((attempt * 15 % 10))$((attempt * 7 % 10))"
	kill -9 "$batch" 2>/dev/null
	wait "$batch" 2>/dev/null
done
run 1 "$SYNCGRADE" batch class -o broken
verdicts broken >got
run 0 diff expected got
run 0 test -z "$(find broken -name '*.tmp' -size 0)"
run 1 "$SYNCGRADE" batch class -o broken
says out "0 not graded (not their fault); 8 unchanged"
run 1 "$SYNCGRADE" batch class -o broken --only student5 --again
says out "1 submissions: 0 pass, 1 fail"
