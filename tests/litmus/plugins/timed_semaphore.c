/* The time may be over at any moment; who then asks again is right. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: pass
// test: lock-counter | -t 2 -r 1 -p 2 | progress: pass
#include <semaphore.h>
#include <syncgrade/lock.h>
#include <time.h>
struct lock {
	sem_t semaphore;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	return sem_init(&l->semaphore, 0, 1);
}
static void acquire(struct lock *l, unsigned self)
{
	struct timespec until = { .tv_sec = 1 };
	(void)self;
	while (sem_timedwait(&l->semaphore, &until) != 0)
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	sem_post(&l->semaphore);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
