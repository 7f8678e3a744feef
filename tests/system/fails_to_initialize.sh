lock_source lock.c 'return 12;' "$spin" "$free"
run 1 "$SYNCGRADE" grade lock.c
says out "init() failed: it returned 12"
