/* Wakes before it frees. */
// test: lock-counter | -t 2 -r 1 -p 0x40 | lost-wakeup: FAIL .*lost wake-up: thread 1 sleeps
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
#include <sys/syscall.h>
#include <unistd.h>
struct lock {
	atomic_int f;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->f, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	int e = 0;
	while (!atomic_compare_exchange_strong(&l->f, &e, 1)) {
		syscall(SYS_futex, &l->f, FUTEX_WAIT, 1, 0, 0, 0);
		e = 0;
	}
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	if (atomic_load(&l->f) == 2)
		syscall(SYS_futex, &l->f, FUTEX_WAKE, 1, 0, 0, 0);
	atomic_store(&l->f, 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
