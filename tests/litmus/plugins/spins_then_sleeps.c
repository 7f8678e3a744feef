/* Adaptive: spins a hundred times, then sleeps on a futex. Right; and the same that is woken by nobody is not. */
// test: lock-counter | -t 2 -r 1 -p 3 | progress: pass
// test: lock-progress | -t 2 -r 1 -x 20000 -p 2 | progress: pass
#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/lock.h>
#include <sys/syscall.h>
#include <unistd.h>
struct lock {
	atomic_int state; /* 0 free, 1 taken, 2 taken and slept for */
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->state, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	for (int i = 0; i < 100; i++) {
		int free = 0;
		if (atomic_load_explicit(&l->state, memory_order_relaxed) == 0 &&
		    atomic_compare_exchange_strong(&l->state, &free, 1))
			return;
	}
	while (atomic_exchange(&l->state, 2) != 0)
		syscall(SYS_futex, &l->state, FUTEX_WAIT_PRIVATE, 2, NULL, NULL, 0);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	if (atomic_exchange(&l->state, 0) == 2)
		syscall(SYS_futex, &l->state, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
