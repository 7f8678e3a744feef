#!/usr/bin/env bash
# class.sh [-j JOBS] [BUILD_DIR] [N…]: grades a class of N submissions (default 30 and 300), which are solutions,
# mutants and, every tenth, hostile ones, by `syncgrade batch --jobs JOBS` (default 2). Tells
#   whether all verdicts are right: a solution's and a mutant's are those of the .yaml beside it, by tests/bench/expected.c; a hostile one
#   fails (its lock lets others overtake), breaks out of nothing, and is nobody else's fault;
#   wall time, throughput, how busy the jobs were kept, and the parent's peak of resident memory;
#   how time, processor time (which other people's work on the machine changes less) and memory grow with N.
# The exercises allow every import here, so that hostile submissions are run and not only refused.
# Exit status 0: all verdicts are right, and the parent does not grow.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
jobs=2
while getopts j: option; do
	case $option in
	j) jobs=$OPTARG ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
build=$(realpath "${1:-$here/build}")
shift $(($# < 1 ? $# : 1))
[ $# -gt 0 ] || set -- 30 300
check=$build/tests/bench/expected
scratch=$(mktemp -d)
chmod 755 "$scratch"
trap 'rm -rf "$scratch"' EXIT
wrong=0

# A program of our own beside its parts, as it is after being moved: the exercises are copies.
site=$scratch/site
mkdir -p "$site/share/syncgrade"
cp "$build/syncgrade" "$site/"
ln -s "$build/libexec" "$build/lib" "$build/include" "$site/"
cp -rL "$here/exercises" "$site/share/syncgrade/"
perl -0pi -e 's/^imports: \[.*?^\]/imports: []/ms' "$site"/share/syncgrade/exercises/*/exercise.yaml

ordinary=("$here"/reference/solutions/*/*.c "$here"/tests/mutants/*/*.c)
hostile=("$here"/tests/hostile/plugins/*.yaml "$here"/tests/hostile/sources/*.yaml)

# hand_in_hostile CASE.yaml FOLDER: as hostile_check does.
hand_in_hostile() {
	local source=${1%.yaml}.c flags
	flags=$(sed -n 's/^build: *"\(.*\)"$/\1/p' "$1")
	mkdir "$2"
	if [ -z "$flags" ]; then
		cp "$source" "$2/submission.c"
		cp "$here"/tests/hostile/*.h "$2/"
	else
		# shellcheck disable=SC2086
		gcc -g -I"$here/tests/hostile" -I"$here/include" -o "$2/submission.so" "$source" $flags 2>/dev/null
	fi
}

# make_class N FOLDER EXPECTED: N submissions, spread evenly over what there is, and what is expected of each; prints student,
# kind and source.
make_class() {
	local n=$1 folder=$2 expected=$3 i student source n_hostile=$(($1 / 10)) hostiles=0 others=0
	mkdir "$folder" "$expected"
	for ((i = 0; i < n; i++)); do
		student=$(printf 'student%03d' "$i")
		if ((i % 10 == 9)); then
			source=${hostile[hostiles * ${#hostile[@]} / n_hostile % ${#hostile[@]}]}
			hostiles=$((hostiles + 1))
			hand_in_hostile "$source" "$folder/$student"
			printf '%s\thostile\t%s\n' "$student" "$source"
		else
			# More than there are: from the beginning again.
			local count=$((n - n_hostile))
			((count <= ${#ordinary[@]})) || count=${#ordinary[@]}
			source=${ordinary[others % count * ${#ordinary[@]} / count]}
			others=$((others + 1))
			cp "$source" "$folder/$student.c"
			[ ! -f "${source%.c}.yaml" ] || cp "${source%.c}.yaml" "$expected/$student.yaml"
			printf '%s\tordinary\t%s\n' "$student" "$source"
		fi
	done
}

# judge RESULT KIND EXPECTATION: one verdict.
judge() {
	if [ ! -f "$1" ]; then
		echo "no result"
	elif [ "$2" = hostile ]; then
		jq -r 'del(.source) | if .verdict != "fail" then "verdict \(.verdict), should be fail: \(.message)"
			elif (tostring | contains("BREACH")) then "a breach" else empty end' "$1"
	else
		if [ -f "$3" ]; then "$check" "$1" "$3"; else "$check" "$1"; fi || true
	fi
}

# The most that the process has had resident, until it ends; not its children's.
watch_memory() {
	local kib=0 line
	while line=$(grep VmHWM "/proc/$1/status" 2>/dev/null); do
		kib=${line//[!0-9]/}
		echo "$kib" >"$2"
		sleep 1
	done
}

# Processor seconds that this shell's children have taken, into `spent`.
read_spent() {
	times >"$scratch/times"
	spent=$(awk 'NR == 2 { split($0, part, /[ms ]+/); print part[1] * 60 + part[2] + part[3] * 60 + part[4] }' "$scratch/times")
}

declare -A seconds memory processor
for n in "$@"; do
	folder=$scratch/$n
	make_class "$n" "$folder" "$scratch/$n.expected" >"$scratch/$n.tsv"
	read_spent
	spent_before=$spent
	before=$EPOCHREALTIME
	"$site/syncgrade" batch "$folder" --jobs "$jobs" -o "$scratch/$n.results" >"$scratch/$n.out" 2>"$scratch/$n.err" &
	batch=$!
	watch_memory "$batch" "$scratch/$n.kib"
	status=0
	wait "$batch" || status=$?
	seconds[$n]=$(awk "BEGIN { print $EPOCHREALTIME - $before }")
	read_spent
	processor[$n]=$(awk "BEGIN { print $spent - $spent_before }")
	memory[$n]=$(cat "$scratch/$n.kib")
	[ "$status" -eq 1 ] || { echo "batch: exit status $status" && cat "$scratch/$n.err" && wrong=$((wrong + 1)); }
	misjudged=0
	while IFS=$'\t' read -r student kind source; do
		complaint=$(judge "$scratch/$n.results/$student.json" "$kind" "$scratch/$n.expected/$student.yaml")
		[ -n "$complaint" ] || continue
		misjudged=$((misjudged + 1))
		printf '%s, %s:\n%s\n' "$student" "${source#"$here/"}" "$complaint"
	done <"$scratch/$n.tsv"
	wrong=$((wrong + misjudged))
	work=$(cat "$scratch/$n.results"/*.json | jq -s 'map(.environment.duration_ms) | add / 1000')
	echo "${seconds[$n]} $work ${processor[$n]}" | awk -v n="$n" -v jobs="$jobs" -v wrong="$misjudged" -v kib="${memory[$n]}" '{
		printf "%d submissions, %d wrong: %.1f s; %.3f a second for each of %d jobs, which were busy for %.0f %% of it; ", n, wrong, $1, n / $1 / jobs, jobs, 100 * $2 / $1 / jobs
		printf "%.1f s of processor time; parent %d KiB\n", $3, kib }'
done
if [ $# -eq 2 ]; then
	echo "$1 ${seconds[$1]} ${memory[$1]} ${processor[$1]} $2 ${seconds[$2]} ${memory[$2]} ${processor[$2]}" | awk '{
		printf "%d → %d: %.1f × as many in %.1f × the time, %.1f × the processor time; the parent'"'"'s memory %.2f ×\n", $1, $5, $5 / $1, $6 / $2, $8 / $4, $7 / $3
		# The list of submissions is in the parent: some hundred bytes each.
		exit $7 > $3 + 1024 }' || wrong=$((wrong + 1))
fi
[ "$wrong" -eq 0 ]
