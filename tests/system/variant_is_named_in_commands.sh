# Two exercises of one kind: a submission alone is taken for the one that has the kind's name, so that the commands which the
# other one's reports and starter kit tell name their exercise, and can be followed as they are.
run 1 "$SYNCGRADE" grade --exercise reader-preference --color never "$SOURCE/reference/solutions/rwlock/writers_first.c"
says out "A reader had to wait although another one was reading" "syncgrade replay --exercise reader-preference"
command=$(tr -d "\\\\\n" <out | grep -o "syncgrade replay --exercise reader-preference.*--schedule [a-zA-Z0-9_]*" | head -n 1)
# shellcheck disable=SC2086 # words of a command that was printed
run 1 "$SYNCGRADE" ${command#syncgrade }
says out "a writer that waited kept it out"

run 0 "$SYNCGRADE" new reader-preference mylock
says out "syncgrade grade --exercise reader-preference mylock/reader-preference.c"
run 1 "$SYNCGRADE" grade --exercise reader-preference mylock/reader-preference.c
says out "exercise reader-preference" "0 of 100 points"

# Where the submission says enough, nothing is added.
run 1 "$SYNCGRADE" grade --exercise bounded-buffer "$SOURCE/tests/mutants/bounded-buffer/if_for_while.c"
says out "syncgrade replay $SOURCE/tests"
run 0 "$SYNCGRADE" new bounded-buffer
says out "syncgrade grade bounded-buffer/bounded-buffer.c"
