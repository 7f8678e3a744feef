# A results folder that cannot be written is told before anything is graded, and can be reported from.
quick="$SOURCE/tests/browser/quick-lock"
namespace=(unshare --mount)
"${namespace[@]}" true 2>/dev/null || namespace=(unshare --user --map-root-user --mount)
"${namespace[@]}" sh -c 'mount --bind . . && mount -o remount,bind,ro .' 2>/dev/null || skip "no read-only file system can be mounted"
mkdir class
cp "$SOURCE/reference/solutions/lock/mcs.c" class/kim.c
cp "$SOURCE/tests/mutants/lock/no_lock.c" class/lee.c
run 1 "$SYNCGRADE" batch class --exercise "$quick" -o results

read_only() {
	mount --bind results results && mount -o remount,bind,ro results
	run 2 "$SYNCGRADE" batch class --exercise "$quick" -o results --again
	says err "the results folder results cannot be written: Read-only file system"
	run 0 test ! -s out
	run 2 "$SYNCGRADE" batch class --exercise "$quick" -o results/deeper
	says err "the results folder results/deeper cannot be written: Read-only file system"
	run 0 "$SYNCGRADE" report results
	says out "1 pass, 1 fail"
	run 2 "$SYNCGRADE" report results --format csv --output results/grades.csv
	says err "results/grades.csv cannot be written: Read-only file system"
	return "$failed"
}
export -f read_only run says
export failed quick
"${namespace[@]}" bash -u -c read_only || failed=1
run 1 "$SYNCGRADE" batch class --exercise "$quick" -o results
says out "2 unchanged"
