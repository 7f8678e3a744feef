/* The first reader waits for the writer when it has given the mutex back. */
#include <errno.h>
#include <semaphore.h>
#include <stdbool.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	sem_t mutex; /* for `readers` */
	sem_t w; /* taken by the writer, or by the readers in common: no mutex, since another reader gives it back */
	unsigned readers; /* inside or waiting for w */
};

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	lock->readers = 0;
	if (sem_init(&lock->mutex, 0, 1) < 0 || sem_init(&lock->w, 0, 1) < 0)
		return errno;
	return 0;
}

/* sem_wait may be interrupted by a signal. */
static void down(sem_t *semaphore)
{
	while (sem_wait(semaphore) < 0 && errno == EINTR)
		;
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	down(&lock->mutex);
	bool first = ++lock->readers == 1;
	sem_post(&lock->mutex);
	if (first)
		down(&lock->w);
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	down(&lock->mutex);
	if (--lock->readers == 0)
		sem_post(&lock->w);
	sem_post(&lock->mutex);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	down(&lock->w);
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	sem_post(&lock->w);
}

static void destroy(struct rwlock *lock)
{
	sem_destroy(&lock->w);
	sem_destroy(&lock->mutex);
}

const struct rwlock_plugin rwlock_plugin = {
	.abi = RWLOCK_PLUGIN_ABI,
	.size = sizeof(struct rwlock),
	.init = init,
	.acquire_read = acquire_read,
	.release_read = release_read,
	.acquire_write = acquire_write,
	.release_write = release_write,
	.destroy = destroy,
};
