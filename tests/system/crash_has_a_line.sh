lock_source lock.c "" '*(volatile int *)0 = 1;' ''
run 1 "$SYNCGRADE" grade --engines native,tsan lock.c
says out "SIGSEGV" "acquire (lock.c:8)" "null pointer"
# What an address that no memory can have is, the kernel does not say: no null pointer.
lock_source wild.c "" '*(volatile int *)0xbebebebebebebebeul = 1;' ''
run 1 "$SYNCGRADE" grade --engines native,tsan wild.c
says out "SIGSEGV" "acquire (wild.c:8)"
says_not out "null pointer"
