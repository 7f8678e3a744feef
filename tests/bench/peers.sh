#!/usr/bin/env bash
# peers.sh [BUILD_DIR]: the same small programs, explored by us and by our peers, side by side; see peers.md. For each
# program: complete executions, blocked ones, and the median of RUNS (default 3) of seconds of processor time.
# From the environment: GENMC, NIDHUGG (their programs; a row's "-": not given, or it does not take the program), CLANG
# (default clang; of the LLVM that NIDHUGG was built with), SECONDS_MAX (default 90) for one run of one program.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=${1:-$here/build}
clang=${CLANG:-clang}
limit=${SECONDS_MAX:-90}
runs=${RUNS:-3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
TIMEFORMAT='%U %S'

# timed OUT COMMAND…: runs it `runs` times, keeps the last output in OUT, and prints the median of its processor time;
# fails where it does not end in its time, or with another status than 0.
timed() {
	local out=$1 times=$folder/times
	shift
	: >"$times"
	for ((i = 0; i < runs; i++)); do
		{ time timeout "$limit" "$@" >"$out" 2>&1; } 2>>"$times" || return 1
	done
	awk '{ print $1 + $2 }' "$times" | sort -n | sed -n "$(((runs + 1) / 2))p"
}

cell() { printf ' %9s %9s %7s' "$@"; }

ours() {
	local out=$folder/ours plugin=$folder/plugin time
	"${CC:-gcc}" -std=gnu17 -O1 -g -fsanitize=thread -fPIC -I"$here/include" -c -o "$plugin.o" "$1"
	"${CC:-gcc}" -shared -o "$plugin.so" "$plugin.o"
	time=$(timed "$out" "$build/tests/litmus/explore-host" -t "$2" -r "$3" -p 1 -x 100000000 "$plugin.so" \
		"$build/lib/syncgrade/workloads/lock-counter.so") &&
		grep -q 'pass executions .* complete' "$out" || { cell '?' '?' ">$limit"; return; }
	cell $(sed -n 's/.*executions \([0-9]*\) blocked \([0-9]*\).*/\1 \2/p' "$out") "$time"
}

flags() { echo "-I$here/include -include $1 -DTHREADS=$2 -DROUNDS=$3"; }

# With its in-place revisits, where it takes the program so; else without.
genmc() {
	local out=$folder/genmc time option
	for option in "" --disable-ipr; do
		[ -n "${GENMC-}" ] && time=$(timed "$out" "$GENMC" --disable-estimation ${option:+"$option"} -- $(flags "$@") \
			"$here/tests/bench/peers/driver.c") && grep -q 'No errors were detected' "$out" || continue
		cell "$(sed -n 's/^Number of complete executions explored: //p' "$out")" \
			"$(sed -n 's/^Number of blocked executions seen: //p' "$out" | grep . || echo 0)" "$time"
		return
	done
	cell - - -
}

nidhugg() {
	local out=$folder/nidhugg program=$folder/program time
	[ -n "${NIDHUGG-}" ] && "$clang" -O1 -S -emit-llvm $(flags "$@") -o "$program.ll" "$here/tests/bench/peers/driver.c" &&
		"$NIDHUGG" --transform="$program.t.ll" "$program.ll" >"$out" 2>&1 &&
		time=$(timed "$out" "$NIDHUGG" --sc --optimal "$program.t.ll") || { cell - - -; return; }
	cell "$(sed -n 's/^Trace count: \([0-9]*\).*/\1/p' "$out")" \
		"$(sed -n 's/^Assume-blocked trace count: \([0-9]*\).*/\1/p' "$out" | grep . || echo 0)" "$time"
}

# row FILE THREADS ROUNDS
row() {
	printf '%-22s %-4s' "$(basename "$1" .c)" "$2×$3"
	ours "$here/$1" "$2" "$3"
	genmc "$here/$1" "$2" "$3"
	nidhugg "$here/$1" "$2" "$3"
	printf '\n'
}

printf '%-27s %27s %27s %27s\n' '' syncgrade GenMC Nidhugg
printf '%-22s %-4s' program size
for ((i = 0; i < 3; i++)); do cell complete blocked seconds; done
printf '\n'
programs=tests/litmus/plugins solutions=reference/solutions/lock
row $programs/ttas.c 3 2
row $solutions/mcs.c 3 2
row $solutions/bakery.c 2 2
row $programs/ticket.c 4 2
row $programs/ticket_by_compare.c 3 1
row $programs/ticket_by_compare.c 3 2
row $programs/semaphore_by_compare.c 3 2
row $programs/condition_surprises.c 2 2
row $programs/condition_surprises.c 3 1
