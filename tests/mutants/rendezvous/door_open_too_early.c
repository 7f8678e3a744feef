/* The second to come opens the door at once. */
#include <rendezvous.h>

#include <semaphore.h>
#include <stdbool.h>

struct rendezvous {
	sem_t mutex, met, taken;
	bool waits; /* protected by the mutex, as the items are */
	uint64_t first, second;
};

static void down(sem_t *semaphore)
{
	while (sem_wait(semaphore) != 0)
		;
}

static int init(struct rendezvous *rendezvous)
{
	sem_init(&rendezvous->mutex, 0, 1);
	sem_init(&rendezvous->met, 0, 0);
	sem_init(&rendezvous->taken, 0, 0);
	rendezvous->waits = false;
	return 0;
}

static uint64_t exchange(struct rendezvous *rendezvous, uint64_t item)
{
	uint64_t got;
	down(&rendezvous->mutex);
	if (!rendezvous->waits) {
		rendezvous->waits = true;
		rendezvous->first = item;
		sem_post(&rendezvous->mutex);
		down(&rendezvous->met);
		got = rendezvous->second;
		return got;
	}
	got = rendezvous->first;
	rendezvous->second = item;
	rendezvous->waits = false;
	sem_post(&rendezvous->met);
	sem_post(&rendezvous->mutex);
	return got;
}

static void destroy(struct rendezvous *rendezvous)
{
	sem_destroy(&rendezvous->mutex);
	sem_destroy(&rendezvous->met);
	sem_destroy(&rendezvous->taken);
}

const struct rendezvous_plugin rendezvous_plugin = {
	.abi = RENDEZVOUS_PLUGIN_ABI,
	.size = sizeof(struct rendezvous),
	.init = init,
	.exchange = exchange,
	.destroy = destroy,
};
