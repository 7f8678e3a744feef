/* A futex lock that reads the value to sleep on after it has decided to sleep. */
#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/lock.h>
#include <sys/syscall.h>
#include <unistd.h>

struct lock {
	atomic_int held;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->held, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (atomic_exchange(&lock->held, 1) != 0)
		syscall(SYS_futex, &lock->held, FUTEX_WAIT, atomic_load(&lock->held), NULL, NULL, 0);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store(&lock->held, 0);
	syscall(SYS_futex, &lock->held, FUTEX_WAKE, 1, NULL, NULL, 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
