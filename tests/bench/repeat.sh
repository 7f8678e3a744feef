#!/usr/bin/env bash
# repeat.sh [REPETITIONS] [SYNCGRADE]: grades every solution, and every mutant that real threads expose, so many times (20) under
# tsan and native alone, and counts the verdicts that are not what they should be. Luck shows here.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
repetitions=${1:-20}
program=${2:-$here/build/syncgrade}
runs=0 wrong=0

# judge EXPECTED FILE: one grading.
judge() {
	local status=0
	"$program" grade --engines tsan,native --format json "$2" >/dev/null 2>&1 || status=$?
	runs=$((runs + 1))
	if [ "$status" -ne "$1" ]; then
		wrong=$((wrong + 1))
		echo "exit status $status, should be $1: ${2#"$here/"}"
	fi
}

for ((repetition = 0; repetition < repetitions; repetition++)); do
	for file in "$here"/reference/solutions/*/*.c; do judge 0 "$file"; done
	for file in "$here"/tests/mutants/*/*.c; do
		grep -q '^needs: *explore' "${file%.c}.yaml" || judge 1 "$file"
	done
done
echo "$runs gradings, $wrong wrong"
[ "$wrong" -eq 0 ]
