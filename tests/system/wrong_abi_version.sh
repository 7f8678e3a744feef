lock_source lock.c "" "$spin" "$free" '.abi = 7,'
run 1 "$SYNCGRADE" grade lock.c
says out "abi" "7"
