/* A futex. Readers count themselves before they look whether somebody writes; a writer gets in only where nobody is
 * counted. */
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <syncgrade/rwlock.h>
#include <sys/syscall.h>
#include <unistd.h>

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

static void sleep_on(struct rwlock *lock, unsigned state)
{
	syscall(SYS_futex, &lock->state, FUTEX_WAIT, state, NULL, NULL, 0);
}

/* All of them: readers and writers sleep side by side. */
static void wake(struct rwlock *lock)
{
	syscall(SYS_futex, &lock->state, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	unsigned state = atomic_fetch_add_explicit(&lock->state, 1, memory_order_acquire) + 1;
	while ((state & WRITING) != 0) {
		sleep_on(lock, state);
		state = atomic_load_explicit(&lock->state, memory_order_acquire);
	}
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	if (atomic_fetch_sub_explicit(&lock->state, 1, memory_order_release) == 1)
		wake(lock);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	unsigned state = 0;
	while (!atomic_compare_exchange_strong_explicit(&lock->state, &state, WRITING, memory_order_acquire,
							memory_order_relaxed)) {
		sleep_on(lock, state);
		state = 0;
	}
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	atomic_fetch_and_explicit(&lock->state, ~WRITING, memory_order_release);
	wake(lock);
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
