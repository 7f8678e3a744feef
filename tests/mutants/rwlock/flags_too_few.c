/* One flag less than there are threads. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	atomic_bool writing;    /* a writer is inside, or waits for readers to leave */
	atomic_bool reading[1]; /* written by its thread alone */
};

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->writing, false);
	for (unsigned i = 0; i < 1; i++)
		atomic_init(&lock->reading[i], false);
	return 0;
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	for (;;) {
		while (atomic_load(&lock->writing))
			sched_yield();
		/* Sequentially consistent: of this store and the writer's exchange one comes first, and whoever comes
		 * second sees the other's. */
		atomic_store(&lock->reading[self], true);
		if (!atomic_load(&lock->writing))
			return;
		atomic_store(&lock->reading[self], false);
	}
}

static void release_read(struct rwlock *lock, unsigned self)
{
	atomic_store(&lock->reading[self], false);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	while (atomic_exchange(&lock->writing, true))
		sched_yield();
	for (unsigned i = 0; i < 1; i++) {
		while (atomic_load(&lock->reading[i]))
			sched_yield();
	}
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	atomic_store(&lock->writing, false);
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
