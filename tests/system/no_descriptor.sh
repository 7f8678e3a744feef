echo 'int nothing;' >nothing.c
run 1 "$SYNCGRADE" grade nothing.c
says out "lock_plugin" "semaphore_plugin" "monitor_plugin" "barrier_plugin" "rwlock_plugin" "bounded_buffer_plugin" "philosophers_plugin"
