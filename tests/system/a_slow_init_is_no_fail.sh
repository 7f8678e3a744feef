# Objects that take their time to be made: independence, which makes them again and again, does so for a bounded time.
lock_source lock.c 'struct timespec t = { .tv_nsec = 400000000 }; nanosleep(&t, NULL);' "$spin" "$free"
sed -i '1i #include <time.h>' lock.c
run 0 "$SYNCGRADE" grade --engines native lock.c
