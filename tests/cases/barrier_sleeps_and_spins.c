/* Half of the threads sleep, the others spin and count it: who looks at the word of a futex and goes to sleep does both
 * at once, so that nobody sleeps on while others go round. */
#include <linux/futex.h>
#include <stdatomic.h>
#include <syncgrade/barrier.h>
#include <sys/syscall.h>
#include <unistd.h>

struct barrier {
	unsigned threads;
	atomic_uint missing, round, spinning;
};

static int init(struct barrier *barrier, unsigned threads)
{
	barrier->threads = threads;
	atomic_init(&barrier->missing, threads);
	atomic_init(&barrier->round, 0);
	atomic_init(&barrier->spinning, 0);
	return 0;
}

static void look_again(struct barrier *barrier, unsigned self, unsigned round)
{
	if (self % 2 == 0) {
		syscall(SYS_futex, &barrier->round, FUTEX_WAIT_PRIVATE, round, NULL, NULL, 0);
	} else {
		atomic_fetch_add(&barrier->spinning, 1);
		atomic_fetch_sub(&barrier->spinning, 1);
	}
}

static void wait(struct barrier *barrier, unsigned self)
{
	unsigned round = atomic_load(&barrier->round);
	if (atomic_fetch_sub(&barrier->missing, 1) == 1) {
		atomic_store(&barrier->missing, barrier->threads);
		atomic_fetch_add(&barrier->round, 1);
		syscall(SYS_futex, &barrier->round, FUTEX_WAKE_PRIVATE, BARRIER_THREADS_MAX, NULL, NULL, 0);
		return;
	}
	while (atomic_load(&barrier->round) == round)
		look_again(barrier, self, round);
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};
