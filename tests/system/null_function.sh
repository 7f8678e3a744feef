lock_source lock.c "$free" "$spin" "$free" '.release = NULL,'
run 1 "$SYNCGRADE" grade lock.c
says out "release" "NULL"
