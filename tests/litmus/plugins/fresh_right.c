/* All is initialized, in the ways in which that can be done without a store to each member by itself. */
// test: lock-counter | -t 2 -r 2 -p 0x400 | memory-safety: pass
// test: lock-independence | -t 2 -r 1 -p 0x400 | memory-safety: pass
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <syncgrade/lock.h>

struct counts {
	unsigned taken : 7;
	unsigned given : 9; /* set after the other half of the word */
	long padding_before_this;
};

struct lock {
	pthread_mutex_t mutex;
	pthread_cond_t condition;
	bool held;
	struct counts counts;
	long *turns; /* from calloc() */
	char name[16];
	char never_looked_at[64];
};

static int init(struct lock *lock, unsigned threads)
{
	static const pthread_cond_t fresh = PTHREAD_COND_INITIALIZER;
	struct counts counts = { .taken = 0, .given = 0 };
	lock->mutex = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	memcpy(&lock->condition, &fresh, sizeof fresh);
	lock->held = false;
	lock->counts.taken = 0;
	lock->counts.given = 0;
	lock->counts = counts;
	lock->turns = calloc(threads, sizeof *lock->turns);
	strcpy(lock->name, "fresh");
	return lock->turns == NULL ? 12 : 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	pthread_mutex_lock(&lock->mutex);
	while (lock->held)
		pthread_cond_wait(&lock->condition, &lock->mutex);
	lock->held = true;
	lock->counts.taken++;
	lock->turns[self]++;
	pthread_mutex_unlock(&lock->mutex);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&lock->mutex);
	lock->held = false;
	lock->counts.given++;
	if (lock->name[0] == 'f')
		pthread_cond_signal(&lock->condition);
	pthread_mutex_unlock(&lock->mutex);
}

static void destroy(struct lock *lock)
{
	free(lock->turns);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
