/* An MCS lock with one thread-local node for all locks that a thread holds. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/lock.h>

struct node {
	_Atomic(struct node *) next;
	atomic_bool waiting;
};

struct lock {
	_Atomic(struct node *) tail;
};

static _Thread_local struct node mine;
static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->tail, NULL);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store(&mine.next, NULL);
	atomic_store(&mine.waiting, true);
	struct node *previous = atomic_exchange(&lock->tail, &mine);
	if (previous == NULL)
		return;
	atomic_store(&previous->next, &mine);
	while (atomic_load(&mine.waiting))
		sched_yield();
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	struct node *expected = &mine;
	if (atomic_load(&mine.next) == NULL) {
		if (atomic_compare_exchange_strong(&lock->tail, &expected, NULL))
			return;
		while (atomic_load(&mine.next) == NULL)
			sched_yield();
	}
	atomic_store(&atomic_load(&mine.next)->waiting, false);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
