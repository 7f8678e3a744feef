# Ctrl-C and kill end a batch at once and tidily; whoever is told to ignore them goes on.
quick="$SOURCE/tests/browser/quick-lock"
mkdir class temporary
for i in 1 2 3 4 5 6 7 8; do
	cp "$SOURCE/reference/solutions/lock/mcs.c" "class/student$i.c"
done
export TMPDIR=$PWD/temporary
# The shell's background ignores SIGINT; --default-signal takes that back.
start() {
	"$@" "$SYNCGRADE" batch class --jobs 2 --exercise "$quick" -o results >batch.out 2>batch.err &
	batch=$!
	while [ "$(find results -maxdepth 1 -name '*.json' 2>/dev/null | wc -l)" -lt 3 ] && kill -0 "$batch" 2>/dev/null; do sleep 0.01; done
}
ends() {
	local status=0
	wait "$batch" || status=$?
	run 0 test "$status" -eq "$1"
}
# What two jobs have just written may not be counted yet.
for signal in INT TERM HUP; do
	rm -rf results
	start env --default-signal=INT
	kill -s "$signal" "$batch"
	ends 2
	grep -q "stopped: [1-7] of 8 are graded; the same command goes on there" batch.err || { cat batch.err; failed=1; }
	run 0 test -z "$(ls temporary)"
done
run 0 "$SYNCGRADE" batch class --jobs 2 --exercise "$quick" -o results
says out "8 submissions: 8 pass"
rm -rf results
start env --ignore-signal=HUP
kill -s HUP "$batch"
ends 0
run 0 grep -q "8 submissions: 8 pass" batch.out
