/* Who has the second ticket waits for the last meeting only, and not for who has the first. */
#include <rendezvous.h>

#include <errno.h>
#include <threads.h>

/* Who has an even ticket waits for the next one. */
struct rendezvous {
	mtx_t mutex;
	cnd_t changed;
	uint64_t tickets; /* handed out */
	/* Meetings: to which the first has come, to which the second has, and which the first has left. */
	uint64_t begun, met, taken;
	uint64_t first, second;
};

static int init(struct rendezvous *rendezvous)
{
	rendezvous->tickets = rendezvous->begun = rendezvous->met = rendezvous->taken = 0;
	return mtx_init(&rendezvous->mutex, mtx_plain) == thrd_success && cnd_init(&rendezvous->changed) == thrd_success
		   ? 0
		   : ENOMEM;
}

static uint64_t exchange(struct rendezvous *rendezvous, uint64_t item)
{
	uint64_t got;
	mtx_lock(&rendezvous->mutex);
	uint64_t ticket = rendezvous->tickets++, meeting = ticket / 2;
	if (ticket % 2 == 0) {
		while (rendezvous->taken < meeting)
			cnd_wait(&rendezvous->changed, &rendezvous->mutex);
		rendezvous->first = item;
		rendezvous->begun++;
		cnd_broadcast(&rendezvous->changed);
		while (rendezvous->met == meeting)
			cnd_wait(&rendezvous->changed, &rendezvous->mutex);
		got = rendezvous->second;
		rendezvous->taken++;
	} else {
		/* Who has the first ticket may still wait for the last meeting to be over. */
		while (rendezvous->taken < meeting)
			cnd_wait(&rendezvous->changed, &rendezvous->mutex);
		got = rendezvous->first;
		rendezvous->second = item;
		rendezvous->met++;
	}
	cnd_broadcast(&rendezvous->changed);
	mtx_unlock(&rendezvous->mutex);
	return got;
}

static void destroy(struct rendezvous *rendezvous)
{
	cnd_destroy(&rendezvous->changed);
	mtx_destroy(&rendezvous->mutex);
}

const struct rendezvous_plugin rendezvous_plugin = {
	.abi = RENDEZVOUS_PLUGIN_ABI,
	.size = sizeof(struct rendezvous),
	.init = init,
	.exchange = exchange,
	.destroy = destroy,
};
