lock_source lock.c "" "$spin" "$free" '.release = NULL,'
run 1 "$SYNCGRADE" grade lock.c
says out "release" "NULL"
