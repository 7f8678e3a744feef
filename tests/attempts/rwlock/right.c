/* Readers are counted, the writer waits until there are none. Writers may starve. */
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	pthread_mutex_t m;
	pthread_cond_t free;
	unsigned readers;
	bool writer;
};

static int init(struct rwlock *l, unsigned threads)
{
	(void)threads;
	pthread_mutex_init(&l->m, NULL);
	pthread_cond_init(&l->free, NULL);
	l->readers = 0;
	l->writer = false;
	return 0;
}

static void acquire_read(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->m);
	while (l->writer)
		pthread_cond_wait(&l->free, &l->m);
	l->readers++;
	pthread_mutex_unlock(&l->m);
}

static void release_read(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->m);
	l->readers--;
	if (l->readers == 0)
		pthread_cond_broadcast(&l->free);
	pthread_mutex_unlock(&l->m);
}

static void acquire_write(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->m);
	while (l->writer || l->readers > 0)
		pthread_cond_wait(&l->free, &l->m);
	l->writer = true;
	pthread_mutex_unlock(&l->m);
}

static void release_write(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->m);
	l->writer = false;
	pthread_cond_broadcast(&l->free);
	pthread_mutex_unlock(&l->m);
}

static void destroy(struct rwlock *l)
{
	pthread_cond_destroy(&l->free);
	pthread_mutex_destroy(&l->m);
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

/* tells: nothing is wrong
 * lines: 21 */
