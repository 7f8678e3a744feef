mkdir empty
run 1 "$SYNCGRADE" grade empty
says out "empty" ".c" ".so"
