/* The same, with the mutex held. */
// test: lock-counter | -t 2 -r 1 -p 8 | data-race: pass executions 2 blocked 0 complete
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
	pthread_mutex_lock(&l->mutex);
	snprintf(l->last, sizeof l->last, "%u", self);
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
