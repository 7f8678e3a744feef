/* Reads the generation after it has arrived. */
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/barrier.h>
#include <sys/syscall.h>
#include <unistd.h>

struct barrier {
	unsigned threads;
	atomic_uint arrived, generation;
};

static int init(struct barrier *barrier, unsigned threads)
{
	barrier->threads = threads;
	atomic_init(&barrier->arrived, 0);
	atomic_init(&barrier->generation, 0);
	return 0;
}

static void wait(struct barrier *barrier, unsigned self)
{
	(void)self;
	bool last = atomic_fetch_add_explicit(&barrier->arrived, 1, memory_order_acq_rel) + 1 == barrier->threads;
	unsigned generation = atomic_load_explicit(&barrier->generation, memory_order_relaxed);
	if (last) {
		/* Nobody arrives again before it sees the new generation. */
		atomic_store_explicit(&barrier->arrived, 0, memory_order_relaxed);
		atomic_store_explicit(&barrier->generation, generation + 1, memory_order_release);
		syscall(SYS_futex, &barrier->generation, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
	} else {
		while (atomic_load_explicit(&barrier->generation, memory_order_acquire) == generation)
			syscall(SYS_futex, &barrier->generation, FUTEX_WAIT, generation, NULL, NULL, 0);
	}
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};
