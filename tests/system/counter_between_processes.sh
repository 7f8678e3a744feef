# The lecture's counter, made by two processes: without a lock, with one in the memory that they share, and with one in a
# variable of the program. What goes wrong between real processes is luck: only the explorer is asked for it.

# judged ENGINE FILE TEXT…: what is said of the counter between processes.
judged() {
	local engine=$1 file=$2
	shift 2
	"$SYNCGRADE" grade --engines "$engine" --format json "$file" >out 2>err </dev/null
	python3 -c '
import json
check = next(c for c in json.load(open("out"))["checks"] if c["id"] == "processes/process-shared")
print(check["status"] + ":", check["message"])' >said
	says said "$@"
}

lock_source none.c "" "" ""
judged explore none.c "fail: Processes 0 and 1 are in the critical section together."

lock_source inside.c "" 'while (atomic_exchange(&l->held, 1)) sched_yield();' 'atomic_store(&l->held, 0);'
sed -i '1i #include <sched.h>' inside.c
judged explore inside.c "pass:"
judged native inside.c "pass:"

lock_source outside.c "" 'while (atomic_exchange(&held, 1)) sched_yield();' 'atomic_store(&held, 0);'
sed -i '1i #include <sched.h>\n#include <stdatomic.h>\nstatic atomic_int held;' outside.c
judged explore outside.c "fail: Processes 0 and 1 are in the critical section together." \
	"Each process has a copy of its own of held, used in acquire (outside.c:"

# A remark: a lock that serves threads only is a lock.
lock_source mutex.c 'pthread_mutex_init(&l->mutex, NULL);' 'pthread_mutex_lock(&l->mutex);' 'pthread_mutex_unlock(&l->mutex);'
sed -i '1i #include <pthread.h>' mutex.c
sed -i 's/struct lock { /struct lock { pthread_mutex_t mutex; /' mutex.c
run 0 "$SYNCGRADE" grade --engines explore mutex.c
says out "PASS" "1 remark without points: --verbose"
run 0 "$SYNCGRADE" grade --engines explore --verbose mutex.c
says out "PASS" "processes/process-shared" "use the same mutex, which was not initialized to be shared between processes" "It is lock->mutex"

# What a process of a trial dies of is told.
lock_source crash.c "" 'if (self == 1) *(volatile int *)0 = 1;' ''
judged native crash.c "fail: Killed by SIGSEGV in acquire (crash.c:" "null pointer"
lock_source abort.c "" 'if (self == 1) abort();' ''
judged native abort.c "fail: Killed by SIGABRT in acquire (abort.c:"
lock_source exit.c "" 'if (self == 1) exit(3);' ''
judged native exit.c "fail: The process exited with status 3 inside acquire"
lock_source sleep.c "" 'sem_t s; if (self == 1 && sem_init(&s, 0, 0) == 0) sem_wait(&s);' ''
sed -i '1i #include <semaphore.h>' sleep.c
judged native sleep.c "fail: No progress: every process sleeps, and nothing will wake it: process 1 is inside acquire"
finish
