/* The slot is one for all. */
#include <rendezvous.h>

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

struct offer {
	uint64_t item, answer;
	atomic_bool answered;
};

static _Atomic(struct offer *) slot; /* who waits for a partner */

struct rendezvous {
	char unused;
};

static int init(struct rendezvous *rendezvous)
{
	rendezvous->unused = 0;
	atomic_init(&slot, NULL);
	return 0;
}

static uint64_t exchange(struct rendezvous *rendezvous, uint64_t item)
{
	(void)rendezvous;
	struct offer mine = { .item = item }, *other;
	atomic_init(&mine.answered, false);
	for (;;) {
		other = atomic_load_explicit(&slot, memory_order_relaxed);
		if (other == NULL) {
			if (!atomic_compare_exchange_strong_explicit(&slot, &other, &mine, memory_order_release,
								     memory_order_relaxed))
				continue;
			while (!atomic_load_explicit(&mine.answered, memory_order_acquire))
				sched_yield();
			return mine.answer;
		}
		/* Whoever takes the offer out of the slot is the one that answers it. */
		if (!atomic_compare_exchange_strong_explicit(&slot, &other, NULL, memory_order_acquire,
							     memory_order_relaxed))
			continue;
		uint64_t got = other->item;
		other->answer = item;
		atomic_store_explicit(&other->answered, true, memory_order_release);
		return got;
	}
}

const struct rendezvous_plugin rendezvous_plugin = {
	.abi = RENDEZVOUS_PLUGIN_ABI,
	.size = sizeof(struct rendezvous),
	.init = init,
	.exchange = exchange,
};
