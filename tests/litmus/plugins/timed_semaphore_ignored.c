/* The time may be over at any moment, also when nobody has been inside for long. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: FAIL .*together
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
	sem_timedwait(&l->semaphore, &until);
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
