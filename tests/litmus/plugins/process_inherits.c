/* A process begins with what init() left: also in thread-local variables, as fork() copies the thread that calls it,
 * and in a semaphore of the library that each has for itself. */
// test: lock-processes | -t 2 -r 2 -p 0x200 | process-shared: pass .* complete
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_int held;
};
static sem_t visits;
static _Thread_local int prepared;
static pthread_key_t key;
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->held, 0);
	prepared = 1;
	pthread_key_create(&key, NULL);
	pthread_setspecific(key, l);
	return sem_init(&visits, 0, 2);
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	if (!prepared || pthread_getspecific(key) != l)
		abort();
	sem_wait(&visits);
	while (atomic_exchange(&l->held, 1) != 0)
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store(&l->held, 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
