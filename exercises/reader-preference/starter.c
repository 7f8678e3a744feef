/* A readers-writers lock that prefers readers. Fill in struct rwlock and the functions below; README.md says what they
 * have to do.
 *
 * As it stands, this builds, loads, and lets everybody in: the grader will say what readers see then. */
#include <stdatomic.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	atomic_int unused; /* TODO: what does your lock have to remember? */
};

/* Makes the lock free. `threads` is how many threads will use it: they are numbered 0 … threads - 1. */
static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->unused, 0);
	return 0; /* or an errno value, if it cannot be done */
}

/* Returns when the calling thread, number `self`, may read: with no writer, and at once while others read. */
static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	/* TODO: wait here while somebody writes */
}

/* The calling thread has read. */
static void release_read(struct rwlock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	/* TODO: was it the last one, and does a writer wait? */
}

/* Returns when the calling thread may write: alone. */
static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	/* TODO: wait here while somebody reads or writes */
}

/* The calling thread has written. */
static void release_write(struct rwlock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	/* TODO: who may come in now? */
}

/* Frees what init has allocated, if it has. The struct rwlock itself belongs to the grader. */
static void destroy(struct rwlock *lock)
{
	(void)lock;
}

const struct rwlock_plugin rwlock_plugin = {
	.abi = RWLOCK_PLUGIN_ABI,
	.threads_max = 0, /* any number up to RWLOCK_THREADS_MAX */
	.size = sizeof(struct rwlock),
	.init = init,
	.acquire_read = acquire_read,
	.release_read = release_read,
	.acquire_write = acquire_write,
	.release_write = release_write,
	.destroy = destroy,
};
