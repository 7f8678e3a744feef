/* The fair ticket lock for readers and writers (Mellor-Crummey and Scott, PPoPP 1991): everyone takes a ticket. A
 * reader that comes in lets in whoever is next, if that is a reader; a writer waits until all before it have left.
 * First come, first served. */
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	atomic_uint next;  /* ticket */
	atomic_uint read;  /* readers up to this ticket may come in */
	atomic_uint write; /* how many have left: the writer with this ticket may come in */
};

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->next, 0);
	atomic_init(&lock->read, 0);
	atomic_init(&lock->write, 0);
	return 0;
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	unsigned ticket = atomic_fetch_add(&lock->next, 1);
	while (atomic_load(&lock->read) != ticket)
		sched_yield();
	/* Only the holder of this ticket comes by here. */
	atomic_store(&lock->read, ticket + 1);
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	atomic_fetch_add(&lock->write, 1);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	unsigned ticket = atomic_fetch_add(&lock->next, 1);
	while (atomic_load(&lock->write) != ticket)
		sched_yield();
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	atomic_fetch_add(&lock->read, 1);
	atomic_fetch_add(&lock->write, 1);
}

const struct rwlock_plugin rwlock_plugin = {
	.abi = RWLOCK_PLUGIN_ABI,
	.size = sizeof(struct rwlock),
	.init = init,
	.acquire_read = acquire_read,
	.release_read = release_read,
	.acquire_write = acquire_write,
	.release_write = release_write,
};
