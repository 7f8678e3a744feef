# A lock that sleeps for a second when it is taken is slow, and right.
lock_source lock.c "$free" 'while (atomic_exchange(&l->held, 1)) { sleep(1); }' "$free"
run 0 "$SYNCGRADE" grade lock.c
