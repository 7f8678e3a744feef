/* Each meeting is a block of the heap with a condition of its own. The second signals it after the mutex is unlocked: the
 * first may have seen by then that the meeting is complete, and have freed it. */
#include <rendezvous.h>

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

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

/* With the mutex locked. */
static uint64_t wait_for_a_partner(struct rendezvous *rendezvous, uint64_t item)
{
	struct meeting *meeting = malloc(sizeof(*meeting));
	if (meeting == NULL)
		abort();
	meeting->first = item;
	meeting->complete = false;
	pthread_cond_init(&meeting->changed, NULL);
	rendezvous->open = meeting;
	while (!meeting->complete)
		pthread_cond_wait(&meeting->changed, &rendezvous->mutex);
	uint64_t got = meeting->second;
	pthread_cond_destroy(&meeting->changed);
	free(meeting);
	return got;
}

static uint64_t exchange(struct rendezvous *rendezvous, uint64_t item)
{
	uint64_t got;
	pthread_mutex_lock(&rendezvous->mutex);
	struct meeting *meeting = rendezvous->open;
	if (meeting == NULL) {
		got = wait_for_a_partner(rendezvous, item);
		pthread_mutex_unlock(&rendezvous->mutex);
		return got;
	}
	rendezvous->open = NULL;
	got = meeting->first;
	meeting->second = item;
	meeting->complete = true;
	pthread_mutex_unlock(&rendezvous->mutex);
	pthread_cond_signal(&meeting->changed);
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
