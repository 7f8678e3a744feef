/* Count to n, then set the counter back for the next round and wake all. */
#include <pthread.h>
#include <syncgrade/barrier.h>

struct barrier {
	pthread_mutex_t mutex;
	pthread_cond_t all_here;
	unsigned n, arrived;
};

static int init(struct barrier *b, unsigned threads)
{
	pthread_mutex_init(&b->mutex, NULL);
	pthread_cond_init(&b->all_here, NULL);
	b->n = threads;
	b->arrived = 0;
	return 0;
}

static void wait(struct barrier *b, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&b->mutex);
	if (++b->arrived < b->n) {
		pthread_cond_wait(&b->all_here, &b->mutex);
	} else {
		b->arrived = 0;
		pthread_cond_broadcast(&b->all_here);
	}
	pthread_mutex_unlock(&b->mutex);
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};

/* tells: pthread_cond_wait may return for no reason, as here (line 25)
 * lines: 37 */
