/* One word. Readers count themselves, and then wait for the writer to go; a writer gets in only where nobody is
 * counted. */
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/rwlock.h>

#define WRITING (1u << 31)

struct rwlock {
	atomic_uint state; /* readers inside or waiting, and WRITING */
};

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->state, 0);
	return 0;
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	if ((atomic_fetch_add_explicit(&lock->state, 1, memory_order_acquire) & WRITING) == 0)
		return;
	while ((atomic_load_explicit(&lock->state, memory_order_acquire) & WRITING) != 0)
		sched_yield();
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	atomic_fetch_sub_explicit(&lock->state, 1, memory_order_release);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	unsigned state = 0;
	while (!atomic_compare_exchange_strong_explicit(&lock->state, &state, WRITING, memory_order_acquire,
							memory_order_relaxed)) {
		state = 0;
		sched_yield();
	}
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	atomic_fetch_and_explicit(&lock->state, ~WRITING, memory_order_release);
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
