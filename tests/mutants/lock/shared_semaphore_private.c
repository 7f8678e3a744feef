/* A semaphore of the library, which is initialized for the threads of one process. */
#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>
#include <syncgrade/lock.h>

struct lock {
	sem_t permit;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	return sem_init(&lock->permit, 0, 1) == 0 ? 0 : errno;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (sem_wait(&lock->permit) != 0)
		if (errno != EINTR)
			abort();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	if (sem_post(&lock->permit) != 0)
		abort();
}

static void destroy(struct lock *lock)
{
	sem_destroy(&lock->permit);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
