/* Only with two sleepers: the woken thread takes the lock as if it were the only one that had slept. */
// test: lock-account | -t 3 -r 1 -p 2 | progress: FAIL .*lost wake-up
// Where there is no budget for all executions, those with few deviations find it, too.
// test: lock-account | -t 3 -r 1 -p 2 -x 3 | progress: FAIL .* incomplete switches 5 .*lost wake-up
#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/lock.h>
#include <sys/syscall.h>
#include <unistd.h>

/* 0 free, 1 held, 2 held with sleepers */
struct lock {
	atomic_int state;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->state, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	int state = 0;
	if (atomic_compare_exchange_strong(&lock->state, &state, 1))
		return;
	for (;;) {
		state = 1;
		if (atomic_compare_exchange_strong(&lock->state, &state, 2) || state == 2)
			syscall(SYS_futex, &lock->state, FUTEX_WAIT, 2, NULL, NULL, 0);
		state = 0;
		if (atomic_compare_exchange_strong(&lock->state, &state, 1))
			return;
	}
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	if (atomic_exchange(&lock->state, 0) == 2)
		syscall(SYS_futex, &lock->state, FUTEX_WAKE, 1, NULL, NULL, 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
