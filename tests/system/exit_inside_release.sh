lock_source lock.c "" "$spin" 'exit(3);'
run 1 "$SYNCGRADE" grade --engines native lock.c
says out "exited with status 3 inside release"
