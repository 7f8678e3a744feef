mkdir empty
run 1 "$SYNCGRADE" grade empty
says out "empty: nothing was handed in: the folder is empty"
