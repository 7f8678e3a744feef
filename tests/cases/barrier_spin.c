#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <syncgrade/barrier.h>
#include <unistd.h>

/* One word: how many have arrived (low half), and the round (high half). */
struct barrier {
	_Atomic uint32_t word;
	uint32_t threads;
};

static int init(struct barrier *b, unsigned threads)
{
	atomic_init(&b->word, 0);
	b->threads = threads;
	return 0;
}

static void wait(struct barrier *b, unsigned self)
{
	(void)self;
	uint32_t before = atomic_fetch_add_explicit(&b->word, 1, memory_order_release);
	uint32_t round = before & 0xffff0000u;

	if ((before & 0xffff) + 1 == b->threads) {
		/* The mistake: it lets the others go before it has acquired what they did. */
		atomic_store_explicit(&b->word, round + 0x10000u, memory_order_release);
		atomic_thread_fence(memory_order_acquire);
		return;
	}
	for (;;) {
		uint32_t now = atomic_load_explicit(&b->word, memory_order_acquire);
		if ((now & 0xffff0000u) != round)
			return;
	}
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI, .size = sizeof(struct barrier), .init = init, .wait = wait
};
