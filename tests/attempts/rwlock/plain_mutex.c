/* With a mutex nobody reads while somebody writes. */
#include <pthread.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	pthread_mutex_t m;
};

static int init(struct rwlock *l, unsigned threads)
{
	(void)threads;
	pthread_mutex_init(&l->m, NULL);
	return 0;
}

static void acquire_read(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->m);
}

static void release_read(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&l->m);
}

static void acquire_write(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&l->m);
}

static void release_write(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&l->m);
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

/* tells: acquire_read() returned with rwlock->m still locked (line 19).
 * lines: 25 */
