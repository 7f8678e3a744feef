#!/usr/bin/env bash
# explore.sh [BUILD_DIR] [RUNS]: how fast the explorer is, in processor time; the best of RUNS (default 5).
#   random walk of ticket, 2 threads × 1 round: goals: at least 300,000 trials a second, at most 150 ns a step (a call into
#   the engine; reads of the harness's own data are none);
#   search over graphs of TTAS, 3 threads × 2 rounds: goal: complete in under a second.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=${1:-$here/build}
runs=${2:-5}
host=$build/tests/litmus/explore-host
counter=$build/lib/syncgrade/workloads/lock-counter.so
plugin() { echo "$build/tests/litmus/$1-plugin.so"; }

best=$(for ((i = 0; i < runs; i++)); do
	"$host" -t 2 -r 1 -w 300000 "$(plugin ticket)" "$counter"
done | sort -rn | head -n 1)
echo "ticket 2×1, random walk:  $best"

TIMEFORMAT=%U
for ((i = 0; i < runs; i++)); do
	{ time "$host" -t 3 -r 2 -p 1 "$(plugin ttas)" "$counter"; } 2>&1 | tr '\n' ' '
	echo
done | awk '
	!/mutual-exclusion: pass .* complete/ { print "not complete: " $0; exit }
	{ for (i = 1; i < NF; i++) { if ($i == "executions") done = $(i + 1); if ($i == "blocked") blocked = $(i + 1) } }
	NR == 1 || $NF < best { best = $NF }
	END { printf "TTAS 3×2, all executions:  %.3f s, %d complete and %d blocked, %.0f executions/s\n", best, done, blocked, (done + blocked) / best }'
