# Under gdb a breakpoint in the student's acquire stops in the thread that the schedule says, and stepping follows it.
command -v gdb >/dev/null || { echo "no gdb"; exit 77; }
mkdir work && cp "$SOURCE/tests/mutants/lock/peterson_release_acquire.c" work/peterson.c
schedule=$("$SYNCGRADE" replay work/peterson.c --check counter/mutual-exclusion --format json | jq -r '.checks[0].counterexample.schedule')
cat >commands <<'END'
break acquire
continue
print syncgrade_thread == self
continue
print syncgrade_thread == self
next
next
next
continue
continue
continue
continue
END
status=0
"$SYNCGRADE" replay work/peterson.c --check counter/mutual-exclusion --schedule "$schedule" --gdb <commands >out 2>err || status=$?
[ "$status" -eq 1 ] || { echo "exit status $status"; failed=1; }
says out "hit Breakpoint" 'acquire (lock=' "./peterson.c" '$1 = 1' '$2 = 1' "The schedule is over" \
	"Threads 0 and 1 are in the critical section together."
says err "without the sandbox"
# The second thread to come in is the one that the schedule lets in, and the line that is stepped over is the next one.
[ "$(grep -c '^(thread 0 of the trial)\|^(gdb) (thread 0 of the trial)' out)" -ge 1 ] || { echo "thread 0 never stops"; failed=1; }
says out "atomic_store_explicit(&lock->turn, other"
# Left before the end: no verdict, and no wrong one.
echo quit | "$SYNCGRADE" replay work/peterson.c --check counter/mutual-exclusion --gdb >out 2>err
[ $? -eq 2 ] || { echo "left early, but no exit status 2"; failed=1; }
says err "the debugger was left before the schedule had come to its end"
run 0 "$SYNCGRADE" replay "$SOURCE/reference/solutions/lock/ticket.c" --check counter/mutual-exclusion --gdb
