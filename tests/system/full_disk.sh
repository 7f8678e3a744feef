# A full disk stops a batch with a clear message and costs nobody anything: what was graded stays, and the same command goes
# on when there is room. Needs a file system of its own, which a mount namespace allows.
quick="$SOURCE/tests/browser/quick-lock"
namespace=(unshare --mount)
"${namespace[@]}" true 2>/dev/null || namespace=(unshare --user --map-root-user --mount)
"${namespace[@]}" sh -c 'mount -t tmpfs -o size=64k tmpfs /mnt' 2>/dev/null || skip "no file system can be mounted"
mkdir class results small
i=0
for file in "$SOURCE"/reference/solutions/lock/{mcs,clh,peterson,bakery}.c "$SOURCE"/tests/mutants/lock/{no_lock,hyman,strict_alternation,peterson_relaxed}.c; do
	i=$((i + 1))
	cp "$file" "class/student$i.c"
done
grade_class() {
	"$SYNCGRADE" batch class --jobs 2 --exercise "$quick" "$@"
}
scores() {
	"$SYNCGRADE" report "$1" --format csv | cut -d, -f1,6,7
}
run 1 grade_class -o whole
scores whole >expected

on_a_small_disk() {
	mount -t tmpfs -o size=48k tmpfs results
	run 2 grade_class -o results
	says err "results/student" "cannot be written: No space left on device" \
		"stopped because a result cannot be written" "of 8 are graded; the same command goes on there"
	run 0 "$SYNCGRADE" report results --format json --output graded.json
	graded=$(wc -l <graded.json)
	run 0 test "$graded" -ge 1 -a "$graded" -lt 8
	run 0 jq -es 'all(.[]; .verdict != "error")' graded.json
	run 0 test -z "$(find results -name '*.tmp')"
	# Graded again where there is no room, a submission keeps the grade that it had.
	run 2 grade_class -o results --again
	run 0 "$SYNCGRADE" report results --format json --output after.json
	run 0 diff <(jq -c '[.student.key, .verdict, .score]' graded.json) <(jq -c '[.student.key, .verdict, .score]' after.json)
	mount -o remount,size=4m results
	run 1 grade_class -o results
	says out "8 submissions: 4 pass, 4 fail, 0 not graded (not their fault); $graded unchanged"
	scores results >got
	run 0 diff expected got

	# Where the private copies and the compiler's files lie.
	mount -t tmpfs -o size=16k tmpfs small
	TMPDIR=$PWD/small run 2 grade_class -o elsewhere --only student1
	says out "1 submission: 0 pass, 0 fail, 1 not graded (not their fault)"
	TMPDIR=$PWD/small run 2 "$SYNCGRADE" grade class/student1.c
	says err "No space left on device"
	run 1 grade_class -o elsewhere
	scores elsewhere >got
	run 0 diff expected got

	# A report that has no room leaves the one that was there.
	echo before >small/report.html
	run 2 "$SYNCGRADE" report results --format html --output small/report.html
	says err "small/report.html" "No space left on device"
	run 0 grep -qx before small/report.html
	run 2 "$SYNCGRADE" report results --format csv --output /dev/full
	says err "/dev/full"
	return "$failed"
}
export -f on_a_small_disk grade_class scores run says
export failed quick
"${namespace[@]}" bash -u -c on_a_small_disk || failed=1
