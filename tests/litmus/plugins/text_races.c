/* What snprintf() writes is plain memory, and nothing orders two threads that use it. */
// test: lock-counter | -t 2 -r 1 -p 8 | data-race: FAIL
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_mutex_t mutex;
	char last[16];
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	memset(l->last, 0, sizeof l->last);
	return pthread_mutex_init(&l->mutex, NULL);
}
static void acquire(struct lock *l, unsigned self)
{
	snprintf(l->last, sizeof l->last, "%u", self);
	pthread_mutex_lock(&l->mutex);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&l->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
