#!/usr/bin/env bash
# guide.sh BUILD GUIDE: follows the instructors' guide to the letter, in an empty folder, with an installed tree.
# A block of commands ends with exit status 0, or with what its last line says: "# exit status 1".
set -u
build=$(realpath "$1") guide=$(realpath "$2")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cmake --install "$build" --prefix "$folder/prefix" >"$folder/install.log" || { cat "$folder/install.log"; exit 2; }
export LC_ALL=C.UTF-8 PATH="$folder/prefix/bin:$PATH" CMAKE_PREFIX_PATH="$folder/prefix"
mkdir "$folder/an empty földer"
cd "$folder/an empty földer" || exit 2
awk -v to="$folder/block-" '/^```sh$/ { n++; on = 1; next } /^```$/ { on = 0 } on { print > sprintf("%s%02d", to, n) }' "$guide"
failed=0 n=0
for block in "$folder"/block-*; do
	n=$((n + 1))
	expected=$(sed -n '$s/.*# exit status \([0-9]\)$/\1/p' "$block")
	status=0
	bash -eu "$block" >"$folder/said" 2>&1 </dev/null || status=$?
	if [ "$status" -ne "${expected:-0}" ]; then
		printf 'exit status %s, should be %s:\n' "$status" "${expected:-0}"
		sed 's/^/  /' "$block" "$folder/said"
		failed=1
	fi
done
[ "$n" -ge 12 ] || { echo "only $n blocks of commands in $guide"; failed=1; }
# What the guide says of the outcome.
syncgrade verify --format json ./total >matrix.json || failed=1
grep -q 'turns' matrix.json || { echo "the guide's mutant is not in the matrix"; failed=1; }
grep -q 'ada.*100' grades.csv || { echo "Ada has not 100 points:"; cat grades.csv; failed=1; }
syncgrade grade --lang ko --exercise ./total total/mutants/turns.c | grep -q '누가 다음' || { echo "no hint in Korean"; failed=1; }
syncgrade grade --exercise ./total total/mutants/turns.c | grep -q 'taking turns' || { echo "the mistake is not named"; failed=1; }
# The kind of its own: three students, and what is wrong is told in its own words.
grep -q '^ada,.*,100' latch-grades.csv && grep -q '^bob,.*,0' latch-grades.csv && grep -q '^eve,.*,80' latch-grades.csv ||
	{ echo "Ada, Bob and Eve have not 100, 0 and 80 points for their latches:"; cat latch-grades.csv; failed=1; }
syncgrade grade --exercise ./latch latches/eve/latch.c | grep -q 'sleeps in await()' || { echo "await() is not named"; failed=1; }
syncgrade inspect --exercise ./latch latches/eve/latch.c | grep -q 'init count_down await destroy' || { echo "inspect"; failed=1; }
[ -f mylatch/include/latch.h ] || { echo "students do not get the header"; failed=1; }
exit "$failed"
