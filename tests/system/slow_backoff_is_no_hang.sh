# A lock that sleeps for half a second when it is taken is slow, and right.
lock_source lock.c "" 'while (atomic_exchange(&l->held, 1)) { usleep(500000); }' 'atomic_store(&l->held, 0);'
run 0 "$SYNCGRADE" grade --engines native lock.c
