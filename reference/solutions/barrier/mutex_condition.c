/* A barrier on a mutex and a condition variable, with a generation number: who waits, waits for the number to change.
 */
#include <pthread.h>
#include <syncgrade/barrier.h>

struct barrier {
	pthread_mutex_t mutex;
	pthread_cond_t all_here;
	unsigned threads;
	unsigned arrived;    /* in this generation; protected by the mutex */
	unsigned generation; /* how often all have met; protected by the mutex */
};

static int init(struct barrier *barrier, unsigned threads)
{
	int error = pthread_mutex_init(&barrier->mutex, NULL);
	if (error == 0)
		error = pthread_cond_init(&barrier->all_here, NULL);
	barrier->threads = threads;
	barrier->arrived = 0;
	barrier->generation = 0;
	return error;
}

static void wait(struct barrier *barrier, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&barrier->mutex);
	unsigned generation = barrier->generation;
	if (++barrier->arrived == barrier->threads) {
		barrier->arrived = 0;
		barrier->generation++;
		pthread_cond_broadcast(&barrier->all_here);
	} else {
		/* Not for `arrived`: a fast thread may be counting the next generation already. */
		while (barrier->generation == generation)
			pthread_cond_wait(&barrier->all_here, &barrier->mutex);
	}
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
