#!/usr/bin/env bash
# grade.sh [-b BUILD_DIR] [-e ENGINES] [FILE…]: what grading costs, and which searches come to their end. Default: all
# reference solutions, then all mutants. Tells of each group
#   the time of a whole grading, median and worst (and whose), and the share of each phase;
#   every explored check whose search was not complete, with the workload and what was looked at instead.
# Wall time, one after another: on a machine that does something else too, compare only what was measured together.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$here/build
engines=()
while getopts b:e: option; do
	case $option in
	b) build=$OPTARG ;;
	e) engines=(--engines "$OPTARG") ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# measure NAME FILE…: one line of JSON for each file, then what they say together.
measure() {
	local name=$1 results=$scratch/$1 status
	shift
	for file in "$@"; do
		status=0
		"$build/syncgrade" grade "${engines[@]}" --format json "$file" >"$scratch/one" || status=$?
		[ "$status" -le 1 ] || { echo "$file: not graded" >&2; exit 1; }
		tail -n 1 "$scratch/one" | jq -c --arg file "${file#"$here"/}" '{file: $file, environment, checks}' >>"$results"
	done
	echo "== $name: $# files"
	jq -rs '
		sort_by(.environment.duration_ms) as $all
		| ($all | map(.environment.duration_ms)) as $ms
		| "whole grading: median \($ms[length / 2 | floor]) ms, worst \($ms[-1]) ms (\($all[-1].file)), together \($ms | add / 1000 | round) s",
		(map(.environment.phases[]) | map(.duration_us) | add) as $whole
		| (map(.environment.phases[]) | map(.name |= sub(".* under "; "")) | group_by(.name)
			| map({name: .[0].name, us: (map(.duration_us) | add)}) | sort_by(-.us)[]
			| "  \(.name): \(.us / $whole * 1000 | round / 10) %")' "$results"
	echo "-- the slowest"
	jq -rs 'sort_by(-.environment.duration_ms)[:8][] | "  \(.environment.duration_ms) ms \(.file)"' "$results"
	echo "-- explored checks that are not complete"
	jq -rs '
		[.[] | .file as $file | .checks[] | .id as $id | .engines[]
			| select(.engine == "explore" and .status == "pass" and (.complete | not))
			| "  \($file) \($id): \(.coverage.kind), \(.coverage.executions) executions"]
		| (.[] , "  (\(length))")' "$results"
}

if [ $# -gt 0 ]; then
	measure files "$@"
else
	measure solutions "$here"/reference/solutions/*/*.c
	measure mutants "$here"/tests/mutants/*/*.c
fi
