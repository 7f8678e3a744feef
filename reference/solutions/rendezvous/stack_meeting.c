/* Each meeting is an object of its own, on the stack of who waits: nothing has to be emptied for the next. */
#include <rendezvous.h>

#include <pthread.h>
#include <stdbool.h>

/* A meeting lies where its first comer waits. */
struct meeting {
	uint64_t first, second;
	bool complete;
	pthread_cond_t changed;
};

struct rendezvous {
	pthread_mutex_t mutex;
	struct meeting *open; /* NULL: nobody waits for a partner */
};

static int init(struct rendezvous *rendezvous)
{
	rendezvous->open = NULL;
	return pthread_mutex_init(&rendezvous->mutex, NULL);
}

static uint64_t exchange(struct rendezvous *rendezvous, uint64_t item)
{
	struct meeting mine, *open;
	uint64_t got;
	pthread_mutex_lock(&rendezvous->mutex);
	if ((open = rendezvous->open) != NULL) {
		rendezvous->open = NULL;
		got = open->first;
		open->second = item;
		open->complete = true;
		pthread_cond_signal(&open->changed);
	} else {
		mine.first = item;
		mine.complete = false;
		pthread_cond_init(&mine.changed, NULL);
		rendezvous->open = &mine;
		while (!mine.complete)
			pthread_cond_wait(&mine.changed, &rendezvous->mutex);
		got = mine.second;
		pthread_cond_destroy(&mine.changed);
	}
	pthread_mutex_unlock(&rendezvous->mutex);
	return got;
}

static void destroy(struct rendezvous *rendezvous)
{
	pthread_mutex_destroy(&rendezvous->mutex);
}

const struct rendezvous_plugin rendezvous_plugin = {
	.abi = RENDEZVOUS_PLUGIN_ABI,
	.size = sizeof(struct rendezvous),
	.init = init,
	.exchange = exchange,
	.destroy = destroy,
};
