/* Courtois' solution: the first reader locks, the last one unlocks. */
#include <pthread.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	pthread_mutex_t mutex, w;
	int readcount;
};

static int init(struct rwlock *l, unsigned threads)
{
	(void)threads;
	pthread_mutex_init(&l->mutex, NULL);
	pthread_mutex_init(&l->w, NULL);
	l->readcount = 0;
	return 0;
}

static void acquire_read(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->mutex);
	l->readcount++;
	if (l->readcount == 1)
		pthread_mutex_lock(&l->w);
	pthread_mutex_unlock(&l->mutex);
}

static void release_read(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->mutex);
	l->readcount--;
	if (l->readcount == 0)
		pthread_mutex_unlock(&l->w);
	pthread_mutex_unlock(&l->mutex);
}

static void acquire_write(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->w);
}

static void release_write(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&l->w);
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

/* tells: A thread unlocks a mutex that it has not locked (undefined behaviour). It is rwlock->w, used in
 *        release_read
 * lines: 36 */
