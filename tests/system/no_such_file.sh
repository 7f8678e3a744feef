run 2 "$SYNCGRADE" grade missing.c
says err "missing.c"
says out "ERROR"
