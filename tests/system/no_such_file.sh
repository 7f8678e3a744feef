run 1 "$SYNCGRADE" grade missing.c
says out "missing.c" "FAIL"
