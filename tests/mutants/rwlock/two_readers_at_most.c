/* A semaphore with two permits for readers, who should be many. */
#include <errno.h>
#include <semaphore.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	sem_t places;
	sem_t turnstile, mutex, empty;
	unsigned readers; /* protected by `mutex` */
};

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	lock->readers = 0;
	if (sem_init(&lock->turnstile, 0, 1) < 0 || sem_init(&lock->mutex, 0, 1) < 0 ||
	    sem_init(&lock->empty, 0, 1) < 0 || sem_init(&lock->places, 0, 2) < 0)
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
	down(&lock->turnstile);
	sem_post(&lock->turnstile);
	down(&lock->places);
	down(&lock->mutex);
	if (++lock->readers == 1)
		down(&lock->empty);
	sem_post(&lock->mutex);
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	down(&lock->mutex);
	if (--lock->readers == 0)
		sem_post(&lock->empty);
	sem_post(&lock->mutex);
	sem_post(&lock->places);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	down(&lock->turnstile);
	down(&lock->empty);
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	sem_post(&lock->turnstile);
	sem_post(&lock->empty);
}

static void destroy(struct rwlock *lock)
{
	sem_destroy(&lock->places);
	sem_destroy(&lock->empty);
	sem_destroy(&lock->mutex);
	sem_destroy(&lock->turnstile);
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
