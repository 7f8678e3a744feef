#!/usr/bin/env bash
# determinism.sh [REPETITIONS] [SYNCGRADE] [FILE…]: grades each FILE (default: all mutants and reference solutions) with
# the explorer REPETITIONS times (default 2), on two processors, and compares verdicts, messages, schedules and steps byte
# for byte; times are left out. Exit status 0: nothing differs.
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
trap 'rm -rf "$scratch"' EXIT

grade() {
	local out=$scratch/$1/${2//\//.}.json
	local status=0
	"$program" grade --engines explore --format json "$2" >"$out.raw" 2>"$out.err" || status=$?
	if ((status > 1)) || ! jq -S 'walk(if type == "object" then del(.duration_ms, .duration_us) else . end)' "$out.raw" >"$out"; then
		echo "not graded (exit status $status): $2" >&2
		echo "$status" >"$scratch/failed"
	fi
	rm -f "$out.raw" "$out.err"
}
export -f grade

for ((i = 1; i <= repetitions; i++)); do
	mkdir "$scratch/$i"
	printf '%s\0' "${files[@]}" | xargs -0 -P 2 -I{} bash -c 'grade "$@"' - "$i" {}
done
differ=0
for ((i = 2; i <= repetitions; i++)); do
	diff -r -U 2 "$scratch/1" "$scratch/$i" || differ=1
done
[[ ! -e $scratch/failed ]] || exit 2
echo "${#files[@]} files, $repetitions times: $( ((differ)) && echo 'results differ' || echo 'nothing differs')"
exit "$differ"
