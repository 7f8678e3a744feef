mkdir sub
lock_source sub/lock.c "" "this is no C;" "$free"
run 1 "$SYNCGRADE" grade sub/lock.c
says out "lock.c:8" "error" "FAIL"
says_not out "/tmp/"
