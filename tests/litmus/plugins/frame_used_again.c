/* Who comes first shows a local variable, and leaves once it has been greeted. Its next call has another at the same
 * address: a greeting of that is no use of the first. (For two threads. What is stored there, nobody reads.) */
// test: barrier-phases | -t 2 -r 2 -p 0x400 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/barrier.h>
struct barrier {
	_Atomic(atomic_int *) first;
};
static int init(struct barrier *b, unsigned threads)
{
	(void)threads;
	atomic_init(&b->first, NULL);
	return 0;
}
static void wait(struct barrier *b, unsigned self)
{
	atomic_int mine, *other = NULL;
	(void)self;
	if (atomic_compare_exchange_strong_explicit(&b->first, &other, &mine, memory_order_release,
						    memory_order_relaxed)) {
		while (atomic_load_explicit(&b->first, memory_order_acquire) == &mine)
			;
		return;
	}
	atomic_store_explicit(other, 1, memory_order_relaxed);
	atomic_thread_fence(memory_order_acquire);
	atomic_store_explicit(&b->first, NULL, memory_order_release);
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.threads_max = 2,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};
