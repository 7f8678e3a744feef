# The runs of one grading are made side by side; what comes of them, and in which order, does not depend on how many.
# Without what was measured: times, how waiting was, and how far real threads came.
without_times() {
	jq -S 'walk(if type == "object" then del(.duration_ms) | if .engine == "tsan" or .engine == "native" then del(.executions) else . end
			elif type == "string" and startswith("Measured with ") then "Measured" else . end)
		| .checks, .findings, .score, .verdict' "$1" >"$2"
}

same() {
	for jobs in 1 5; do
		run "$1" "$SYNCGRADE" grade --jobs $jobs --format json --output $jobs.json "${@:2}"
		without_times $jobs.json $jobs.what
	done
	cmp 1.what 5.what || { diff 1.what 5.what | head -20; failed=1; }
}

# All three engines; workloads that the explorer is asked for besides; what is not run after a failure.
same 0 "$SOURCE/reference/solutions/lock/ticket.c"
same 1 "$SOURCE/tests/mutants/lock/peterson_relaxed.c"
same 1 "$SOURCE/tests/mutants/barrier/count_in_two_steps.c"
same 1 "$SOURCE/tests/mutants/philosophers/all_left_handed.c"

# Runs that mostly sleep: five at a time take less than the sum of their times, one at a time does not.
sed -e '1i #include <unistd.h>' -e 's/^\t(void)threads;/&\n\tstatic int made;\n\tif (made++ == 0)\n\t\tusleep(400000);/' \
	"$SOURCE/reference/solutions/lock/pthread_mutex.c" >sleeps.c
abreast() {
	run 0 "$SYNCGRADE" grade --jobs "$1" --engines native --format json --output a.json sleeps.c
	jq -e "([.environment.phases[] | select(.name | test(\" under \")) | .duration_us] | add) / 1000
		/ .environment.duration_ms $2" a.json >/dev/null || { jq -c .environment a.json; failed=1; }
}
abreast 5 '> 1.5'
abreast 1 '<= 1'

run 2 "$SYNCGRADE" grade --jobs 0 sleeps.c
says err "--jobs takes a number from 1 to 1024"
