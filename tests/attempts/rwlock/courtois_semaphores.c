/* Courtois' solution with a semaphore for the room. Writers may starve. */
#include <pthread.h>
#include <semaphore.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	pthread_mutex_t mutex;
	sem_t w;
	int readcount;
};

static int init(struct rwlock *l, unsigned threads)
{
	(void)threads;
	pthread_mutex_init(&l->mutex, NULL);
	sem_init(&l->w, 0, 1);
	l->readcount = 0;
	return 0;
}

static void acquire_read(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->mutex);
	l->readcount++;
	if (l->readcount == 1)
		sem_wait(&l->w);
	pthread_mutex_unlock(&l->mutex);
}

static void release_read(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->mutex);
	l->readcount--;
	if (l->readcount == 0)
		sem_post(&l->w);
	pthread_mutex_unlock(&l->mutex);
}

static void acquire_write(struct rwlock *l, unsigned self)
{
	(void)self;
	sem_wait(&l->w);
}

static void release_write(struct rwlock *l, unsigned self)
{
	(void)self;
	sem_post(&l->w);
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

/* tells: nothing is wrong
 * lines: 21 */
