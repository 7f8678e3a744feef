lock_source lock.c 'pthread_mutex_init(&never, NULL); pthread_mutex_lock(&never);' 'pthread_mutex_lock(&never);' ''
sed -i '1i #include <pthread.h>\nstatic pthread_mutex_t never;' lock.c
run 1 timeout 20 "$SYNCGRADE" grade --engines native lock.c
says out "every thread sleeps, and nothing will wake it" "inside acquire"
