/* A queue of tickets that sleep on the number that is served: on a futex of the process. */
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/lock.h>
#include <sys/syscall.h>
#include <unistd.h>

struct lock {
	atomic_uint next, serving;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->next, 0);
	atomic_init(&lock->serving, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	unsigned mine = atomic_fetch_add(&lock->next, 1), serving;
	while ((serving = atomic_load(&lock->serving)) != mine)
		syscall(SYS_futex, &lock->serving, FUTEX_WAIT_PRIVATE, serving, NULL, NULL, 0);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_fetch_add(&lock->serving, 1);
	syscall(SYS_futex, &lock->serving, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
