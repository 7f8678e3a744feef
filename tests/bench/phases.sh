#!/usr/bin/env bash
# phases.sh [SYNCGRADE] [SUBMISSION] [RUNS]: where the time of `grade` goes, by phase: median of RUNS (default 11), in
# milliseconds, and its share of the whole.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=${1:-$here/build/syncgrade}
submission=${2:-$here/reference/solutions/lock/ticket.c}
runs=${3:-11}
results=$(mktemp)
trap 'rm -f "$results"' EXIT
for ((i = 0; i < runs; i++)); do
	"$program" grade --format json "$submission" | tail -n 1 >>"$results"
done
jq -rs '
	def median: sort | .[length / 2 | floor];
	(map(.environment.phases | map(.duration_us) | add) | median) as $whole
	| (.[0].environment.phases | to_entries[] | .key as $i | .value.name as $name
		| [$name, $i]) as [$name, $i]
	| (map(.environment.phases[$i].duration_us) | median) as $us
	| [$name, ($us / 1000 * 10 | round / 10), "ms", ($us / $whole * 1000 | round / 10), "%"] | @tsv' "$results" |
	awk -F'\t' '{ printf "%-36s %8.1f %s %6.1f %s\n", $1, $2, $3, $4, $5 }'
jq -rs 'map(.environment.duration_ms) | sort | "whole: median \(.[length / 2 | floor]) ms, least \(.[0]), most \(.[-1])"' "$results"
