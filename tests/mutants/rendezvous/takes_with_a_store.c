/* The offer is taken out of the slot in two steps. */
#include <rendezvous.h>

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

struct offer {
	uint64_t item, answer;
	atomic_bool answered;
};

struct rendezvous {
	_Atomic(struct offer *) slot; /* who waits for a partner */
};

static int init(struct rendezvous *rendezvous)
{
	atomic_init(&rendezvous->slot, NULL);
	return 0;
}

static uint64_t exchange(struct rendezvous *rendezvous, uint64_t item)
{
	struct offer mine = { .item = item }, *other;
	atomic_init(&mine.answered, false);
	for (;;) {
		other = atomic_load_explicit(&rendezvous->slot, memory_order_relaxed);
		if (other == NULL) {
			if (!atomic_compare_exchange_strong_explicit(&rendezvous->slot, &other, &mine,
								     memory_order_release, memory_order_relaxed))
				continue;
			while (!atomic_load_explicit(&mine.answered, memory_order_acquire))
				sched_yield();
			return mine.answer;
		}
		/* Whoever takes the offer out of the slot is the one that answers it. */
		atomic_thread_fence(memory_order_acquire);
		atomic_store_explicit(&rendezvous->slot, NULL, memory_order_relaxed);
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
