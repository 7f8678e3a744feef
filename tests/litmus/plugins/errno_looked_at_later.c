/* Who has slept for too long, as errno says, never comes in. When that is looked at, something else has been done
 * since: errno is a part of the state. */
// test: lock-starvation | -t 2 -p 4 | bounded-waiting: FAIL
// test: lock-starvation | -t 2 -p 4 -1 | bounded-waiting: FAIL
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/lock.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

struct lock {
	pthread_mutex_t mutex;
	atomic_uint taken, other;
};

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->taken, 0);
	atomic_init(&lock->other, 0);
	return pthread_mutex_init(&lock->mutex, NULL);
}

static void acquire(struct lock *lock, unsigned self)
{
	const struct timespec second = { .tv_sec = 1 };
	long r = syscall(SYS_futex, &lock->taken, FUTEX_WAIT, 1, &second, NULL, 0);

	(void)self;
	atomic_exchange(&lock->other, 1);
	while (r == -1 && errno == ETIMEDOUT)
		atomic_load(&lock->other);
	pthread_mutex_lock(&lock->mutex);
	atomic_store(&lock->taken, 1);
}

static void release(struct lock *lock, unsigned self)
{
	(void)self;
	atomic_store(&lock->taken, 0);
	syscall(SYS_futex, &lock->taken, FUTEX_WAKE, 1, NULL, NULL, 0);
	pthread_mutex_unlock(&lock->mutex);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
