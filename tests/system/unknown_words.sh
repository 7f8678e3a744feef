lock_source lock.c "" "$spin" "$free"
run 2 "$SYNCGRADE"
says err "Usage"
run 2 "$SYNCGRADE" frobnicate
says err "frobnicate"
run 2 "$SYNCGRADE" grade
says err "which submission"
run 2 "$SYNCGRADE" grade --frobnicate lock.c
says err "frobnicate"
run 2 "$SYNCGRADE" grade --format frob lock.c
says err "frob" "text" "json"
run 2 "$SYNCGRADE" grade --exercise frob lock.c
says err "frob" "lock" "monitor" "semaphore"
run 2 "$SYNCGRADE" grade --engines frob lock.c
says err "frob" "native"
run 0 "$SYNCGRADE" --help
run 0 "$SYNCGRADE" --version
run 0 "$SYNCGRADE" grade --help
