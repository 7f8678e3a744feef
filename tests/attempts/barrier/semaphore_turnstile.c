/* The rendezvous from the lecture: the last one opens the turnstile. */
#include <pthread.h>
#include <semaphore.h>
#include <syncgrade/barrier.h>

struct barrier {
	pthread_mutex_t mutex;
	sem_t turnstile;
	unsigned n, count;
};

static int init(struct barrier *b, unsigned threads)
{
	pthread_mutex_init(&b->mutex, NULL);
	sem_init(&b->turnstile, 0, 0);
	b->n = threads;
	b->count = 0;
	return 0;
}

static void wait(struct barrier *b, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&b->mutex);
	b->count++;
	if (b->count == b->n) {
		for (unsigned i = 0; i < b->n; i++)
			sem_post(&b->turnstile);
		b->count = 0;
	}
	pthread_mutex_unlock(&b->mutex);
	sem_wait(&b->turnstile);
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};

/* tells: phases/ordering: A thread got past the barrier without seeing that all had arrived in that round.
 * lines: 45 */
