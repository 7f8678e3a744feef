/* A guard that is held for a few steps, and spun on; who finds the lock taken sleeps. To spin for as long as another is
 * on its way is no busy waiting. (Arpaci-Dusseau, "Operating systems: three easy pieces", figure 28.9, with a futex.)
 */
// test: lock-busy-waiting | -t 2 -p 0x80 | busy-waiting: pass .*acquire.. blocks after
#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/lock.h>
#include <sys/syscall.h>
#include <unistd.h>
struct lock {
	atomic_int guard, held;
	atomic_int turn[LOCK_THREADS_MAX]; /* 1: the lock has been handed to this thread */
	int waits[LOCK_THREADS_MAX];
	unsigned threads;
};
static int init(struct lock *l, unsigned n)
{
	atomic_init(&l->guard, 0);
	atomic_init(&l->held, 0);
	l->threads = n;
	for (unsigned i = 0; i < n; i++) {
		atomic_init(&l->turn[i], 0);
		l->waits[i] = 0;
	}
	return 0;
}
static void lock_guard(struct lock *l)
{
	while (atomic_exchange_explicit(&l->guard, 1, memory_order_acquire) != 0)
		;
}
static void unlock_guard(struct lock *l)
{
	atomic_store_explicit(&l->guard, 0, memory_order_release);
}
static void acquire(struct lock *l, unsigned self)
{
	lock_guard(l);
	if (atomic_load_explicit(&l->held, memory_order_relaxed) == 0) {
		atomic_store_explicit(&l->held, 1, memory_order_relaxed);
		unlock_guard(l);
		return;
	}
	l->waits[self] = 1;
	unlock_guard(l);
	while (atomic_exchange_explicit(&l->turn[self], 0, memory_order_acquire) == 0)
		syscall(SYS_futex, &l->turn[self], FUTEX_WAIT, 0, NULL, NULL, 0);
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	lock_guard(l);
	for (unsigned i = 0; i < l->threads; i++) {
		if (!l->waits[i])
			continue;
		l->waits[i] = 0;
		atomic_store_explicit(&l->turn[i], 1, memory_order_release);
		syscall(SYS_futex, &l->turn[i], FUTEX_WAKE, 1, NULL, NULL, 0);
		unlock_guard(l);
		return;
	}
	atomic_store_explicit(&l->held, 0, memory_order_relaxed);
	unlock_guard(l);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
