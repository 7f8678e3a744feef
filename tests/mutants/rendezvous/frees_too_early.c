/* Each meeting is a block of the heap: the second frees it, while the first has still to look into it. */
#include <rendezvous.h>

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct meeting {
	uint64_t first, second;
	bool complete;
};

struct rendezvous {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	struct meeting *open; /* NULL: nobody waits for a partner */
};

static int init(struct rendezvous *rendezvous)
{
	rendezvous->open = NULL;
	pthread_cond_init(&rendezvous->changed, NULL);
	return pthread_mutex_init(&rendezvous->mutex, NULL);
}

static uint64_t exchange(struct rendezvous *rendezvous, uint64_t item)
{
	uint64_t got;
	pthread_mutex_lock(&rendezvous->mutex);
	struct meeting *meeting = rendezvous->open;
	if (meeting != NULL) {
		rendezvous->open = NULL;
		got = meeting->first;
		meeting->second = item;
		meeting->complete = true;
		pthread_cond_broadcast(&rendezvous->changed);
		free(meeting);
	} else {
		meeting = malloc(sizeof(*meeting));
		if (meeting == NULL)
			abort();
		*meeting = (struct meeting){ .first = item };
		rendezvous->open = meeting;
		while (!meeting->complete)
			pthread_cond_wait(&rendezvous->changed, &rendezvous->mutex);
		got = meeting->second;
	}
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
