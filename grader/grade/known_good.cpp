// A plugin that is right, with all that submissions include: where a machine cannot build it, no submission is to blame.
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <mutex>
#include <new>
#include <semaphore>
#include <thread>

#include <pthread.h>

#include <syncgrade/lock.h>

struct lock {
	std::mutex mutex;
};

static int init(struct lock *lock, unsigned)
{
	new (lock) struct lock;
	return 0;
}

static void acquire(struct lock *lock, unsigned) { lock->mutex.lock(); }

static void release(struct lock *lock, unsigned) { lock->mutex.unlock(); }

const struct lock_plugin lock_plugin = { LOCK_PLUGIN_ABI, 0, sizeof(struct lock), init, acquire, release, nullptr };
