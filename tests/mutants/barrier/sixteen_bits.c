/* Counts all arrivals there ever were, in sixteen bits. */
#include <pthread.h>
#include <stdint.h>
#include <syncgrade/barrier.h>

struct barrier {
	pthread_mutex_t mutex;
	pthread_cond_t all_here;
	unsigned threads;
	uint16_t arrivals; /* protected by the mutex */
};

static int init(struct barrier *barrier, unsigned threads)
{
	barrier->threads = threads;
	barrier->arrivals = 0;
	pthread_cond_init(&barrier->all_here, NULL);
	return pthread_mutex_init(&barrier->mutex, NULL);
}

static void wait(struct barrier *barrier, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&barrier->mutex);
	unsigned goal = (barrier->arrivals / barrier->threads + 1) * barrier->threads;
	barrier->arrivals++;
	if (barrier->arrivals == goal)
		pthread_cond_broadcast(&barrier->all_here);
	while (barrier->arrivals < goal)
		pthread_cond_wait(&barrier->all_here, &barrier->mutex);
	pthread_mutex_unlock(&barrier->mutex);
}

static void destroy(struct barrier *barrier)
{
	pthread_cond_destroy(&barrier->all_here);
	pthread_mutex_destroy(&barrier->mutex);
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
	.destroy = destroy,
};
