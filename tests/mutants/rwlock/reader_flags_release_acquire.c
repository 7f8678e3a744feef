/* A flag for each reader, with acquire and release instead of sequential consistency. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	unsigned threads;
	atomic_bool writing;                     /* a writer is inside, or waits for readers to leave */
	atomic_bool reading[RWLOCK_THREADS_MAX]; /* written by its thread alone */
};

static int init(struct rwlock *lock, unsigned threads)
{
	lock->threads = threads;
	atomic_init(&lock->writing, false);
	for (unsigned i = 0; i < threads; i++)
		atomic_init(&lock->reading[i], false);
	return 0;
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	for (;;) {
		while (atomic_load_explicit(&lock->writing, memory_order_acquire))
			sched_yield();
		atomic_store_explicit(&lock->reading[self], true, memory_order_release);
		if (!atomic_load_explicit(&lock->writing, memory_order_acquire))
			return;
		atomic_store_explicit(&lock->reading[self], false, memory_order_release);
	}
}

static void release_read(struct rwlock *lock, unsigned self)
{
	atomic_store_explicit(&lock->reading[self], false, memory_order_release);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	while (atomic_exchange_explicit(&lock->writing, true, memory_order_acq_rel))
		sched_yield();
	for (unsigned i = 0; i < lock->threads; i++) {
		while (atomic_load_explicit(&lock->reading[i], memory_order_acquire))
			sched_yield();
	}
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	atomic_store_explicit(&lock->writing, false, memory_order_release);
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
