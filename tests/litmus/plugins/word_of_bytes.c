/* Two threads read each byte of a word; one of them writes the first. */
// test: lock-counter | -t 2 -r 1 -p 8 | data-race: FAIL
#include <pthread.h>
#include <string.h>
#include <syncgrade/lock.h>
struct lock {
	pthread_mutex_t mutex;
	_Alignas(8) volatile unsigned char byte[8];
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	for (unsigned i = 0; i < 8; i++)
		l->byte[i] = 0;
	return pthread_mutex_init(&l->mutex, NULL);
}
static void acquire(struct lock *l, unsigned self)
{
	for (unsigned i = 0; i < 8; i++)
		(void)l->byte[i];
	if (self == 1)
		l->byte[0] = 1;
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
