/* It waits for the place to become empty before it takes the mutex. */
#include <rendezvous.h>

#include <pthread.h>
#include <sched.h>

enum state { EMPTY, ONE_WAITS, BOTH_MET };

struct rendezvous {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	enum state state; /* protected by the mutex, as the items are */
	uint64_t first, second;
};

static int init(struct rendezvous *rendezvous)
{
	int error = pthread_mutex_init(&rendezvous->mutex, NULL);
	if (error == 0)
		error = pthread_cond_init(&rendezvous->changed, NULL);
	rendezvous->state = EMPTY;
	return error;
}

static uint64_t exchange(struct rendezvous *rendezvous, uint64_t item)
{
	uint64_t got;
	while (rendezvous->state == BOTH_MET)
		sched_yield();
	pthread_mutex_lock(&rendezvous->mutex);
	if (rendezvous->state == EMPTY) {
		rendezvous->first = item;
		rendezvous->state = ONE_WAITS;
		while (rendezvous->state != BOTH_MET)
			pthread_cond_wait(&rendezvous->changed, &rendezvous->mutex);
		got = rendezvous->second;
		rendezvous->state = EMPTY;
	} else {
		got = rendezvous->first;
		rendezvous->second = item;
		rendezvous->state = BOTH_MET;
	}
	pthread_cond_broadcast(&rendezvous->changed);
	pthread_mutex_unlock(&rendezvous->mutex);
	return got;
}

static void destroy(struct rendezvous *rendezvous)
{
	pthread_cond_destroy(&rendezvous->changed);
	pthread_mutex_destroy(&rendezvous->mutex);
}

const struct rendezvous_plugin rendezvous_plugin = {
	.abi = RENDEZVOUS_PLUGIN_ABI,
	.size = sizeof(struct rendezvous),
	.init = init,
	.exchange = exchange,
	.destroy = destroy,
};
