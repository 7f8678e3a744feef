/* Peterson's algorithm without sequential consistency: an exchange on turn does it.
 * (Williams, "Peterson's lock with C++0x atomics", 2008, after a suggestion by Dmitriy V'yukov.) */
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_bool wants[2];
	atomic_uint turn;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->wants[0], false);
	atomic_init(&lock->wants[1], false);
	atomic_init(&lock->turn, 0);
	return 0;
}

/* The exchanges on turn follow each other, and each acquires what came before the older one. So the thread that
 * exchanges last sees the other's wants == true, or what became of it later, and that it has to wait itself. The other
 * one may see what it likes. */
static void acquire(struct lock *lock, unsigned self)
{
	unsigned other = 1 - self;
	atomic_store_explicit(&lock->wants[self], true, memory_order_relaxed);
	atomic_exchange_explicit(&lock->turn, other, memory_order_acq_rel);
	while (atomic_load_explicit(&lock->wants[other], memory_order_acquire) &&
	       atomic_load_explicit(&lock->turn, memory_order_acquire) == other)
		;
}

static void release(struct lock *lock, unsigned self)
{
	atomic_store_explicit(&lock->wants[self], false, memory_order_release);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.threads_max = 2,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
