#!/usr/bin/env bash
# programs.sh [BUILD_DIR] [EXECUTIONS]: how many executions the explorer makes of small programs, and in what time: for each
# size complete ones, blocked ones, whether that is all (and, where threads sleep, of executions with how many
# surprises), and seconds of processor time. EXECUTIONS: the budget (default 1,000,000).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=${1:-$here/build}
budget=${2:-1000000}
host=$build/tests/litmus/explore-host
TIMEFORMAT=%U

# row NAME THREADS ROUNDS [WORKLOAD]
row() {
	local out
	out=$({ time "$host" -t "$2" -r "$3" -p 1 -x "$budget" "$build/tests/litmus/$1-plugin.so" \
		"$build/lib/syncgrade/workloads/${4:-lock-counter}.so"; } 2>&1)
	awk -v name="$1" -v size="$2×$3" '
		/ executions / { for (i = 1; i < NF; i++) if ($i == "executions") { done = $(i + 1); blocked = $(i + 3); how = $(i + 4); more = $(i + 5) " " $(i + 6) } }
		END { printf "%-24s %-5s %9d %9d  %-10s %-14s %s s\n", name, size, done, blocked, how, more ~ /surprises/ ? more : "", $NF }' <<<"$out"
}

printf '%-24s %-5s %9s %9s\n' program size complete blocked
row ttas 3 2
row ticket 4 2
row ticket 3 3
row stack_mcs 2 2
row ticket_by_compare 3 1
row ticket_by_compare 3 2
row semaphore_by_compare 3 2
row condition_surprises 2 2
row condition_surprises 3 1
