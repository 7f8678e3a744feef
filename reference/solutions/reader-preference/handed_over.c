/* C11. A writer that leaves hands the lock to all readers that wait, and else to one writer: who is woken has it
 * already, and does not look again whether it may. */
#include <errno.h>
#include <stdbool.h>
#include <syncgrade/rwlock.h>
#include <threads.h>

struct rwlock {
	mtx_t mutex;
	cnd_t given;
	unsigned reading, writing;                 /* inside, the woken included */
	unsigned readers_waiting, writers_waiting; /* and not yet given the lock */
	uint64_t readers_given, writers_given;     /* how often it was handed to all readers, and to a writer */
	uint64_t writers_taken;                    /* of these, how many have noticed */
};

static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	lock->reading = lock->writing = lock->readers_waiting = lock->writers_waiting = 0;
	lock->readers_given = lock->writers_given = lock->writers_taken = 0;
	return mtx_init(&lock->mutex, mtx_plain) == thrd_success && cnd_init(&lock->given) == thrd_success ? 0 : ENOMEM;
}

static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	mtx_lock(&lock->mutex);
	if (lock->writing == 0) {
		lock->reading++;
	} else {
		uint64_t given = lock->readers_given;
		lock->readers_waiting++;
		while (lock->readers_given == given)
			cnd_wait(&lock->given, &lock->mutex);
	}
	mtx_unlock(&lock->mutex);
}

static void give_to_writer(struct rwlock *lock)
{
	lock->writing = 1;
	lock->writers_waiting--;
	lock->writers_given++;
	cnd_broadcast(&lock->given);
}

static void release_read(struct rwlock *lock, unsigned self)
{
	(void)self;
	mtx_lock(&lock->mutex);
	if (--lock->reading == 0 && lock->writers_waiting > 0)
		give_to_writer(lock);
	mtx_unlock(&lock->mutex);
}

static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	mtx_lock(&lock->mutex);
	if (lock->writing == 0 && lock->reading == 0) {
		lock->writing = 1;
	} else {
		lock->writers_waiting++;
		while (lock->writers_given == lock->writers_taken)
			cnd_wait(&lock->given, &lock->mutex);
		lock->writers_taken++;
	}
	mtx_unlock(&lock->mutex);
}

static void release_write(struct rwlock *lock, unsigned self)
{
	(void)self;
	mtx_lock(&lock->mutex);
	lock->writing = 0;
	if (lock->readers_waiting > 0) {
		lock->reading = lock->readers_waiting;
		lock->readers_waiting = 0;
		lock->readers_given++;
		cnd_broadcast(&lock->given);
	} else if (lock->writers_waiting > 0) {
		give_to_writer(lock);
	}
	mtx_unlock(&lock->mutex);
}

static void destroy(struct rwlock *lock)
{
	cnd_destroy(&lock->given);
	mtx_destroy(&lock->mutex);
}

const struct rwlock_plugin rwlock_plugin = {
	.abi = RWLOCK_PLUGIN_ABI,
	.size = sizeof(struct rwlock),
	.init = init,
	.acquire_read = acquire_read,
	.release_read = release_read,
	.acquire_write = acquire_write,
	.release_write = release_write,
	.destroy = destroy,
};
