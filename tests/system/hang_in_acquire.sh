lock_source lock.c "$free" 'for (;;) pause();' ''
run 1 "$SYNCGRADE" grade --engines native lock.c
says out "No progress" "inside acquire"
