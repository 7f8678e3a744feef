/* A queue of nodes on the waiters' stacks: whoever gives the lock away follows a pointer into another process. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: pass .* complete
// test: lock-processes | -t 2 -r 1 -p 0x200 | process-shared: FAIL .*pointer that leads to the stack of process
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/lock.h>
struct waiter {
	atomic_int go;
};
struct lock {
	atomic_int held;
	_Atomic(struct waiter *) waiter;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->held, 0);
	atomic_init(&l->waiter, NULL);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	struct waiter w;
	(void)self;
	while (atomic_exchange(&l->held, 1) != 0) {
		struct waiter *nobody = NULL;
		atomic_init(&w.go, 0);
		if (!atomic_compare_exchange_strong(&l->waiter, &nobody, &w))
			continue;
		while (atomic_load(&w.go) == 0 && atomic_load(&l->held) != 0)
			;
		struct waiter *me = &w;
		if (!atomic_compare_exchange_strong(&l->waiter, &me, NULL))
			while (atomic_load(&w.go) == 0)
				;
	}
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store(&l->held, 0);
	struct waiter *w = atomic_exchange(&l->waiter, NULL);
	if (w != NULL)
		atomic_store(&w->go, 1);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
