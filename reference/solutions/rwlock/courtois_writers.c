/* The second problem of Courtois, Heymans and Parnas (1971), with their five semaphores: once a writer waits, no reader
 * comes in before it. Writers may starve readers. */
#include <errno.h>
#include <semaphore.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	sem_t mutex1; /* for `readers` */
	sem_t mutex2; /* for `writers` */
	sem_t mutex3; /* at most one reader waits for r, so that a writer is before the others */
	sem_t r;      /* taken while there are writers: keeps readers from coming in */
	sem_t w;      /* taken by the writer that is inside, or by the readers in common */
	unsigned readers, writers;
};

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	sem_t *all[] = { &lock->mutex1, &lock->mutex2, &lock->mutex3, &lock->r, &lock->w };
	lock->readers = lock->writers = 0;
	for (unsigned i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (sem_init(all[i], 0, 1) < 0)
			return errno;
	}
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
	down(&lock->mutex3);
	down(&lock->r);
	down(&lock->mutex1);
	if (++lock->readers == 1)
		down(&lock->w);
	sem_post(&lock->mutex1);
	sem_post(&lock->r);
	sem_post(&lock->mutex3);
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	down(&lock->mutex1);
	if (--lock->readers == 0)
		sem_post(&lock->w);
	sem_post(&lock->mutex1);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	down(&lock->mutex2);
	if (++lock->writers == 1)
		down(&lock->r);
	sem_post(&lock->mutex2);
	down(&lock->w);
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	sem_post(&lock->w);
	down(&lock->mutex2);
	if (--lock->writers == 0)
		sem_post(&lock->r);
	sem_post(&lock->mutex2);
}

static void destroy(struct rwlock *lock)
{
	sem_t *all[] = { &lock->mutex1, &lock->mutex2, &lock->mutex3, &lock->r, &lock->w };
	for (unsigned i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		sem_destroy(all[i]);
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
