/* Each thread sleeps on a condition of its own, and there are sixteen of them: of two who share one, one is woken. */
#include <pthread.h>
#include <syncgrade/barrier.h>

#define MANY 16u

struct barrier {
	pthread_mutex_t mutex;
	pthread_cond_t all_here[MANY];
	unsigned threads, arrived, round; /* protected by the mutex */
};

static int init(struct barrier *barrier, unsigned threads)
{
	barrier->threads = threads;
	barrier->arrived = barrier->round = 0;
	for (unsigned i = 0; i < MANY; i++)
		pthread_cond_init(&barrier->all_here[i], NULL);
	return pthread_mutex_init(&barrier->mutex, NULL);
}

static void wait(struct barrier *barrier, unsigned self)
{
	pthread_mutex_lock(&barrier->mutex);
	unsigned round = barrier->round;
	if (++barrier->arrived == barrier->threads) {
		barrier->arrived = 0;
		barrier->round++;
		for (unsigned i = 0; i < MANY; i++)
			pthread_cond_signal(&barrier->all_here[i]);
	}
	while (barrier->round == round)
		pthread_cond_wait(&barrier->all_here[self % MANY], &barrier->mutex);
	pthread_mutex_unlock(&barrier->mutex);
}

static void destroy(struct barrier *barrier)
{
	for (unsigned i = 0; i < MANY; i++)
		pthread_cond_destroy(&barrier->all_here[i]);
	pthread_mutex_destroy(&barrier->mutex);
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
	.destroy = destroy,
};
