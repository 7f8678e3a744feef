/* A lock on a futex: 0 free, 1 held, 2 held and somebody may sleep. An uncontended acquire and release never enter the
 * kernel. (Drepper, "Futexes are tricky", 2011: mutex2.) Unfair: a newcomer may pass those who sleep. */
#include <linux/futex.h>
#include <stdatomic.h>
#include <syncgrade/lock.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FREE, HELD, HELD_WITH_SLEEPERS };

struct lock {
	atomic_uint state;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->state, FREE);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	unsigned state = FREE;
	(void)self;
	if (atomic_compare_exchange_strong_explicit(&lock->state, &state, HELD, memory_order_acquire,
						    memory_order_relaxed))
		return;
	/* Whoever has slept takes the lock as HELD_WITH_SLEEPERS, since it cannot know whether it was the only one. */
	while (atomic_exchange_explicit(&lock->state, HELD_WITH_SLEEPERS, memory_order_acquire) != FREE)
		/* Sleeps only if the state is still this: a release in between is not lost. May return for no reason.
		 */
		syscall(SYS_futex, &lock->state, FUTEX_WAIT, HELD_WITH_SLEEPERS, NULL, NULL, 0);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	if (atomic_exchange_explicit(&lock->state, FREE, memory_order_release) == HELD_WITH_SLEEPERS)
		syscall(SYS_futex, &lock->state, FUTEX_WAKE, 1, NULL, NULL, 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
