lock_source lock.c "" 'for (;;) sched_yield();' ''
sed -i '1i #include <sched.h>' lock.c
run 1 "$SYNCGRADE" grade --engines native lock.c
says out "No progress" "inside acquire"
