# Ended by a signal at any time, grade leaves no temporary file and no process, and ends by that signal.
cp "$SOURCE/reference/solutions/lock/mcs.c" lock.c
mkdir t
for signal in INT TERM HUP; do
	for after in 0.05 0.3 1; do
		status=0
		TMPDIR="$PWD/t" timeout --preserve-status -s "$signal" "$after" "$SYNCGRADE" grade lock.c lock.c --format json --output result.json >out 2>err || status=$?
		run 0 test "$status" -ge 128
		run 0 test -z "$(ls -A t)"
		run 0 test -z "$(ls result.json* 2>/dev/null)"
	done
done
# Undisturbed, it leaves none either.
TMPDIR="$PWD/t" "$SYNCGRADE" grade --engines native lock.c >out 2>err
run 0 test -z "$(ls -A t)"
