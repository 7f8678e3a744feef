/* Readers are counted in one atomic word, in which a writer is all ones; who does not get in looks again. */
#include <limits.h>
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/rwlock.h>

#define WRITING UINT_MAX

struct rwlock {
	atomic_uint readers; /* or WRITING */
};

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->readers, 0);
	return 0;
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	for (;;) {
		unsigned readers = atomic_load_explicit(&lock->readers, memory_order_relaxed);
		/* Acquire: what the last writer wrote before it put 0 here. Other readers' read-modify-writes carry its
		 * release on. */
		if (readers != WRITING &&
		    atomic_compare_exchange_strong_explicit(&lock->readers, &readers, readers + 1, memory_order_acquire,
							    memory_order_relaxed))
			return;
		sched_yield();
	}
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	/* Release, although nothing was written: the next writer must not overtake what was read. */
	atomic_fetch_sub_explicit(&lock->readers, 1, memory_order_release);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	unsigned nobody = 0;
	while (!atomic_compare_exchange_strong_explicit(&lock->readers, &nobody, WRITING, memory_order_acquire,
							memory_order_relaxed)) {
		nobody = 0;
		sched_yield();
	}
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	atomic_store_explicit(&lock->readers, 0, memory_order_release);
}

const struct rwlock_plugin rwlock_plugin = {
	.abi = RWLOCK_PLUGIN_ABI,
	.size = sizeof(struct rwlock),
	.init = init,
	.acquire_read = acquire_read,
	.release_read = release_read,
	.acquire_write = acquire_write,
	.release_write = release_write,
};
