/* The mutexes lie in a static table, and init() hands out its places in turns: the fifth lock is the first. */
#include <pthread.h>
#include <syncgrade/lock.h>

#define PLACES 4

static pthread_mutex_t pool[PLACES];
static unsigned made;

struct lock {
	unsigned place;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	lock->place = made++ % PLACES;
	return pthread_mutex_init(&pool[lock->place], NULL);
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&pool[lock->place]);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&pool[lock->place]);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
