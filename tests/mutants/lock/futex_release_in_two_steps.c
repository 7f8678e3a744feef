/* A futex lock that looks for sleepers first and frees the lock then. */
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
	while (atomic_exchange(&lock->state, 2) != 0)
		syscall(SYS_futex, &lock->state, FUTEX_WAIT, 2, NULL, NULL, 0);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	int sleepers = atomic_load(&lock->state) == 2;
	atomic_store(&lock->state, 0);
	if (sleepers)
		syscall(SYS_futex, &lock->state, FUTEX_WAKE, 1, NULL, NULL, 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
