#!/usr/bin/env bash
# determinism.sh [REPETITIONS] [SYNCGRADE] [FILE…]: grades each FILE (default: all mutants and reference solutions)
# REPETITIONS times (default 2), two at a time, and compares what a student, a gradebook and a replay depend on: verdict,
# score, and of each check status, points, message, coverage, schedule and steps. Times are left out, and so is what a
# real thread measured.
#
# With RESULTS=FOLDER, a solution's first grade is the one that the corpus has kept there, if it is of this program and this
# file (of a mutant it may have asked fewer engines). With ENGINES=explore, only these engines. With LOAD=N, N processes
# that do nothing but burn the processor run beside it.
# Exit status 0: nothing differs; 1: something does, and is shown; 2: something could not be graded.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
repetitions=${1:-2}
export program=${2:-$here/build/syncgrade}
shift $(($# < 2 ? $# : 2))
cd "$here"
files=("$@")
[[ ${#files[@]} -gt 0 ]] || files=(tests/mutants/*/*.c reference/solutions/*/*.c)
scratch=$(mktemp -d)
export scratch
export engines=${ENGINES:+--engines $ENGINES}
burning=()
finish() {
	for pid in "${burning[@]}"; do kill "$pid" 2>/dev/null || true; done
	rm -rf "$scratch"
}
trap finish EXIT
for ((i = 0; i < ${LOAD:-0}; i++)); do
	(while :; do :; done) &
	burning+=($!)
done

export essence='{ verdict, score, message, checks: [ .checks[] |
	{ id, status, score, message, resembles, unmet,
	  engines: [ .engines[] | select(.engine == "explore") | { status, executions, coverage, max_bypass, message } ],
	  counterexample } ] }'

grade() {
	local out=$scratch/$1/${2//\//.}.json
	local status=0 stored=''
	if [[ $1 -eq 1 && -n ${RESULTS:-} && -z $engines && $2 == reference/solutions/* ]]; then
		stored=$(tests/corpus/stored.sh "$program" "$RESULTS" "$2") || status=2
		if [[ -n $stored ]] && jq -S "$essence" "$stored" >"$out"; then
			echo "$2" >>"$scratch/stored"
			return
		fi
	fi
	# shellcheck disable=SC2086
	((status != 0)) || "$program" grade --exercise "$(basename "$(dirname "$2")")" $engines --format json "$2" \
		>"$out.raw" 2>"$out.err" || status=$?
	if ((status > 1)) || ! jq -S "$essence" "$out.raw" >"$out"; then
		echo "not graded (exit status $status): $2" >&2
		echo "$2" >>"$scratch/failed"
	fi
	rm -f "$out.raw" "$out.err"
}
export -f grade

for ((i = 1; i <= repetitions; i++)); do
	mkdir "$scratch/$i"
	printf '%s\0' "${files[@]}" | xargs -0 -P 2 -I{} bash -c 'grade "$@"' - "$i" {}
done
declare -A differ=()
for ((i = 2; i <= repetitions; i++)); do
	for file in "${files[@]}"; do
		name=${file//\//.}.json
		[[ -e $scratch/1/$name && -e $scratch/$i/$name ]] || continue
		diff -U 2 "$scratch/1/$name" "$scratch/$i/$name" || differ[$file]=1
	done
done
echo "${#files[@]} files, $repetitions times${ENGINES:+, engines $ENGINES}${LOAD:+, $LOAD processes beside it}: ${#differ[@]} differ"
[[ ! -e $scratch/stored ]] || echo "the first grade of $(wc -l <"$scratch/stored") is the one that was kept"
for file in "${!differ[@]}"; do echo "  $file"; done
[[ ! -e $scratch/failed ]] || exit 2
((${#differ[@]} == 0))
