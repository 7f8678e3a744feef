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
