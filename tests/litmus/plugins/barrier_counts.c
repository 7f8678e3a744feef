/* A barrier that spins a while in rounds that it counts, then gives the processor up. */
// test: barrier-phases | -t 2 -r 2 -p 0x12 | ordering: pass
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/barrier.h>
struct barrier {
	atomic_uint arrived, round;
	unsigned threads;
};
static int init(struct barrier *b, unsigned threads)
{
	atomic_init(&b->arrived, 0);
	atomic_init(&b->round, 0);
	b->threads = threads;
	return 0;
}
static void wait(struct barrier *b, unsigned self)
{
	(void)self;
	unsigned round = atomic_load(&b->round);
	if (atomic_fetch_add(&b->arrived, 1) + 1 == b->threads) {
		atomic_store(&b->arrived, 0);
		atomic_fetch_add(&b->round, 1);
		return;
	}
	for (unsigned spins = 0; atomic_load(&b->round) == round; spins++) {
		if (spins > 40)
			sched_yield();
	}
}
const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI, .size = sizeof(struct barrier), .init = init, .wait = wait
};
