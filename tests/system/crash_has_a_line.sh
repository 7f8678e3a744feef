lock_source lock.c "" '*(volatile int *)0 = 1;' ''
run 1 "$SYNCGRADE" grade --engines native,tsan lock.c
says out "SIGSEGV" "acquire (lock.c:8)" "null pointer"
