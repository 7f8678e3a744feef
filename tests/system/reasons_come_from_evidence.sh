# What a student has to learn is said where the steps, the types and the code show it, and not where they do not.
attempts=$SOURCE/tests/attempts
run 1 "$SYNCGRADE" grade --engines explore "$attempts/lock/peterson_three.c"
says out "lock->flag has 2 places, and thread 2 uses one beyond them (line 22): say for how many threads it is (.threads_max = 2), or make it larger."
# It says how many it is for; or it has places for all.
sed 's/\.size = /.threads_max = 2, &/' "$attempts/lock/peterson_three.c" >two.c
run 0 "$SYNCGRADE" grade --engines explore two.c
says_not out "places"
sed 's/flag\[2\]/flag[64]/' "$attempts/lock/peterson_three.c" >large.c
run 1 "$SYNCGRADE" grade --engines explore large.c
says_not out "places"

# The read that stands in the loop's line came before it, and is named; a loop that never read anything has nothing to name.
run 1 "$SYNCGRADE" grade --engines explore "$attempts/lock/plain_flag.c"
says out "lock->taken is not atomic: the compiler reads it once, before the loop (line 19)."
run 1 "$SYNCGRADE" grade --engines explore "$attempts/barrier/sense_plain.c" --exercise barrier
says out "What is not atomic, the compiler may read once, before the loop."
says_not out "the compiler reads it once"

# volatile is told of what the debug information declares so, and of nothing else: not of a comment, not of its neighbour.
run 1 "$SYNCGRADE" grade --engines explore --verbose "$attempts/lock/peterson_volatile.c"
says out "lock->interested[0] is volatile, not atomic (line 30): volatile orders nothing between threads, and whoever reads it sees nothing else for sure."
sed 's/volatile bool/bool/' "$attempts/lock/peterson_volatile.c" >plain.c
sed 's/volatile unsigned turn/& __attribute__((aligned(8)))/; s/volatile bool/bool/; s/while (.*/while (*(bool volatile *)\&lock->interested[other] \&\& lock->turn == other)/' \
	"$attempts/lock/peterson_volatile.c" >turn.c
for name in plain turn; do
	run 1 "$SYNCGRADE" grade --engines explore --verbose "$name.c"
	says_not out "interested[0] is volatile" "interested[1] is volatile"
done
run 1 "$SYNCGRADE" grade --engines explore --verbose "$attempts/lock/volatile_flag.c"
says out "lock->locked is volatile, which orders nothing between threads."
# Of a barrier: who comes back reads the sense, and not what was written before it.
run 1 "$SYNCGRADE" grade --engines explore --verbose --exercise barrier "$SOURCE/tests/mutants/barrier/volatile_flag.c"
says out "barrier->sense is volatile, not atomic (line 31): volatile orders nothing between threads"
