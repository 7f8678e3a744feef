# Killed at any moment and run again, a batch ends with the results of an undisturbed one; nothing is lost, or there by half.
quick="$SOURCE/tests/browser/quick-lock"
mkdir class
i=0
for file in "$SOURCE"/reference/solutions/lock/{mcs,peterson}.c "$SOURCE"/tests/mutants/lock/{no_lock,hyman,null_pointer,strict_alternation}.c; do
	i=$((i + 1))
	cp "$file" "class/student$i.c"
done
export TMPDIR=$PWD/temporary
mkdir temporary
grade_class() {
	"$SYNCGRADE" batch class --jobs 2 --exercise "$quick" -o "$@"
}
# What does not depend on the clock, of each result of a folder.
contents() {
	(cd "$1" && jq -S 'walk(if type == "object" then del(.duration_ms, .duration_us) else . end)' ./*.json)
}
begin=$EPOCHREALTIME
run 1 grade_class whole
whole_us=$((${EPOCHREALTIME/./} - ${begin/./}))
contents whole >expected
seed=${SEED:-$RANDOM}
RANDOM=$seed
printf 'SEED=%s; undisturbed: %s us\n' "$seed" "$whole_us"
for attempt in {1..20}; do
	folder=broken.$attempt
	moment_us=$(((RANDOM * 32768 + RANDOM) % whole_us))
	"$SYNCGRADE" batch class --jobs 2 --exercise "$quick" -o "$folder" >/dev/null 2>&1 &
	batch=$!
	sleep "$((moment_us / 1000000)).$(printf %06d $((moment_us % 1000000)))"
	kill -9 "$batch" 2>/dev/null
	wait "$batch" 2>/dev/null
	# Its jobs end with it; until they have, they hold its folder for temporary files.
	for scratch in temporary/*; do
		[ ! -d "$scratch" ] || flock --timeout 20 "$scratch" true
	done
	before=0
	for file in "$folder"/*.json; do
		[ -e "$file" ] || continue
		before=$((before + 1))
		run 0 jq -e '.schema == "syncgrade/result/2" and (.verdict == "pass" or .verdict == "fail")' "$file"
	done
	run 1 grade_class "$folder"
	says out "6 submissions: 2 pass, 4 fail, 0 not graded"
	says out "$before unchanged;"
	contents "$folder" >got
	run 0 diff expected got
	printf 'killed after %s us with %s results\n' "$moment_us" "$before"
done
run 1 grade_class whole
says out "0 not graded (not their fault); 6 unchanged"
run 1 grade_class whole --only student3 --again
says out "1 submission: 0 pass, 1 fail"
# What the killed ones left lies about until a batch later.
run 0 test -n "$(ls temporary)"
touch -d '2 minutes ago' temporary/*
run 1 grade_class whole
run 0 test -z "$(ls temporary)"
run 2 grade_class whole --only student33
says err "--only student33: there is no submission of that key, name or id"
