#!/usr/bin/env bash
# states.sh EXPLORE_HOST WORKLOADS PLUGINS NAME…: what the search over states says of each plugin (two threads: can somebody wait
# for ever, how do they wait) is the same whether steps that nobody else sees are taken along with the one before or
# not. States differ in number, and ways of telling the same thing in length.
set -euo pipefail
host=$1 workloads=$2 plugins=$3
shift 3
wrong=0

# says OPTIONS…: the outcome, how often somebody is passed over, and how they wait.
says() {
	"$host" "$@" | sed -nE 's/ executions [0-9]+ blocked [0-9]+//; s/ switches [0-9]+ schedule [^:]*//; s/ within the first [0-9]+ states//; /^(bounded|busy)-waiting/p'
}

for plugin in "$@"; do
	kind=lock
	case $plugin in semaphore_* | monitor_*) kind=${plugin%%_*} ;; esac
	for about in starvation:4 busy-waiting:0x80; do
		set -- -t 2 -b 6 -p "${about#*:}" "$plugins/$plugin-plugin.so" "$workloads/$kind-${about%:*}.so"
		along=$(says "$@") alone=$(says -1 "$@")
		[ -n "$along" ] && [ "$along" = "$alone" ] && continue
		printf '%s %s\n  taken along:  %s\n  step by step: %s\n' "$plugin" "${about%:*}" "$along" "$alone"
		wrong=$((wrong + 1))
	done
done
[ "$wrong" -eq 0 ]
