/* A futex of the process: the wake-up of another process does not reach it. */
// test: lock-counter | -t 2 -r 1 -p 0x40 | lost-wakeup: pass .* complete
// test: lock-processes | -t 2 -r 1 -p 0x200 | process-shared: FAIL .*lost wake-up: process . sleeps
#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
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
	while (atomic_exchange(&l->f, 1) != 0)
		syscall(SYS_futex, &l->f, FUTEX_WAIT_PRIVATE, 1, NULL, NULL, 0);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store(&l->f, 0);
	syscall(SYS_futex, &l->f, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
