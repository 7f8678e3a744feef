/* The first reader locks out the writers, the last one lets them in. */
#include <semaphore.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	sem_t room;
	int readers;
};

static int init(struct rwlock *l, unsigned threads)
{
	(void)threads;
	sem_init(&l->room, 0, 1);
	l->readers = 0;
	return 0;
}

static void acquire_read(struct rwlock *l, unsigned self)
{
	(void)self;
	l->readers++;
	if (l->readers == 1)
		sem_wait(&l->room);
}

static void release_read(struct rwlock *l, unsigned self)
{
	(void)self;
	l->readers--;
	if (l->readers == 0)
		sem_post(&l->room);
}

static void acquire_write(struct rwlock *l, unsigned self)
{
	(void)self;
	sem_wait(&l->room);
}

static void release_write(struct rwlock *l, unsigned self)
{
	(void)self;
	sem_post(&l->room);
}

const struct rwlock_plugin rwlock_plugin = {
	.abi = RWLOCK_PLUGIN_ABI,
	.size = sizeof(struct rwlock),
	.init = init,
	.acquire_read = acquire_read,
	.release_read = release_read,
	.acquire_write = acquire_write,
	.release_write = release_write,
};

/* tells: are inside together, though one of them writes.
 * lines: 36 */
