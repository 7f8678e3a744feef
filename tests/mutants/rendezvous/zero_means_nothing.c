/* An item of 0 stands for: nobody has brought anything. */
#include <rendezvous.h>

#include <pthread.h>

struct rendezvous {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	uint64_t first, second; /* 0: nothing */
};

static int init(struct rendezvous *rendezvous)
{
	int error = pthread_mutex_init(&rendezvous->mutex, NULL);
	if (error == 0)
		error = pthread_cond_init(&rendezvous->changed, NULL);
	rendezvous->first = rendezvous->second = 0;
	return error;
}

static uint64_t exchange(struct rendezvous *rendezvous, uint64_t item)
{
	uint64_t got;
	pthread_mutex_lock(&rendezvous->mutex);
	while (rendezvous->first != 0 && rendezvous->second != 0)
		pthread_cond_wait(&rendezvous->changed, &rendezvous->mutex);
	if (rendezvous->first == 0) {
		rendezvous->first = item;
		while (rendezvous->second == 0)
			pthread_cond_wait(&rendezvous->changed, &rendezvous->mutex);
		got = rendezvous->second;
		rendezvous->first = rendezvous->second = 0;
	} else {
		got = rendezvous->first;
		rendezvous->second = item;
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
