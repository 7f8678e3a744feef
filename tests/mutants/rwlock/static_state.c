/* The count is a variable of the program, not of the lock. */
#include <limits.h>
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/rwlock.h>

#define WRITING UINT_MAX

static atomic_uint state; /* readers, or WRITING */

struct rwlock {
	unsigned threads;
};

static int init(struct rwlock *lock, unsigned threads)
{
	lock->threads = threads;
	atomic_init(&state, 0);
	return 0;
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	for (;;) {
		unsigned readers = atomic_load_explicit(&state, memory_order_relaxed);
		/* Acquire: what the last writer wrote before it put 0 here. Other readers' read-modify-writes carry its
		 * release on. */
		if (readers != WRITING &&
		    atomic_compare_exchange_strong_explicit(&state, &readers, readers + 1, memory_order_acquire,
							    memory_order_relaxed))
			return;
		sched_yield();
	}
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	/* Release, although nothing was written: the next writer must not overtake what was read. */
	atomic_fetch_sub_explicit(&state, 1, memory_order_release);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	unsigned nobody = 0;
	while (!atomic_compare_exchange_strong_explicit(&state, &nobody, WRITING, memory_order_acquire,
							memory_order_relaxed)) {
		nobody = 0;
		sched_yield();
	}
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	atomic_store_explicit(&state, 0, memory_order_release);
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
