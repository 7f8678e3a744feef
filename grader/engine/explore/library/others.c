/* Spin locks, barriers, what is done once. */
#include "own.h"

#include <errno.h>
#include <pthread.h>

#define SPIN(lock) ((void *)(uintptr_t)(lock))

static void spin_used(pthread_spinlock_t *lock, uint64_t site)
{
	object_used(SPIN(lock), &type_spin, object_is_shared(SPIN(lock), site), site);
}

static int model_spin_init(pthread_spinlock_t *lock, int shared)
{
	ENTER_ON("pthread_spin_init", (const void *)(uintptr_t)lock);
	object_makes(SPIN(lock), &type_spin, site);
	call_step(KEY(lock, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	object_made(SPIN(lock), &type_spin, shared != 0, site);
	return 0;
}

static int model_spin_destroy(pthread_spinlock_t *lock)
{
	ENTER_ON("pthread_spin_destroy", (const void *)(uintptr_t)lock);
	object_destroys(SPIN(lock), &type_spin, site);
	object_destroyed(SPIN(lock), &type_spin);
	return 0;
}

static int model_spin_lock(pthread_spinlock_t *lock)
{
	ENTER_ON("pthread_spin_lock", (const void *)(uintptr_t)lock);
	spin_used(lock, site);
	call_step(KEY(lock, KEY_VALUE), RULE_AWAIT_EXCHANGE, self() + 1, __ATOMIC_ACQUIRE, site, 0);
	return 0;
}

static int model_spin_trylock(pthread_spinlock_t *lock)
{
	ENTER_ON("pthread_spin_trylock", (const void *)(uintptr_t)lock);
	spin_used(lock, site);
	return call_step(KEY(lock, KEY_VALUE), RULE_COMPARE, self() + 1, __ATOMIC_ACQUIRE, site, 0) == 0 ? 0 : EBUSY;
}

static int model_spin_unlock(pthread_spinlock_t *lock)
{
	ENTER_ON("pthread_spin_unlock", (const void *)(uintptr_t)lock);
	spin_used(lock, site);
	call_step(KEY(lock, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELEASE, site, 0);
	return 0;
}

/* A barrier counts all arrivals: the k-th waits until its round is full. */
static int model_barrier_init(pthread_barrier_t *barrier, const pthread_barrierattr_t *attributes, unsigned count)
{
	int shared = PTHREAD_PROCESS_PRIVATE;

	ENTER_ON("pthread_barrier_init", barrier);
	object_makes(barrier, &type_barrier, site);
	call_step(KEY(barrier, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	call_step(KEY(barrier, KEY_EXTRA), RULE_STORE, count, __ATOMIC_RELAXED, site, 0);
	if (attributes != NULL)
		pthread_barrierattr_getpshared(attributes, &shared);
	int r = pthread_barrier_init(barrier, attributes, count);
	if (r == 0)
		object_made(barrier, &type_barrier, shared == PTHREAD_PROCESS_SHARED, site);
	return r;
}

static int model_barrier_destroy(pthread_barrier_t *barrier)
{
	ENTER_ON("pthread_barrier_destroy", barrier);
	object_destroys(barrier, &type_barrier, site);
	object_destroyed(barrier, &type_barrier);
	return 0;
}

static int model_barrier_wait(const pthread_barrier_t *barrier)
{
	ENTER_ON("pthread_barrier_wait", barrier);
	object_used(barrier, &type_barrier, object_is_shared(barrier, site), site);
	uint64_t count = call_step(KEY(barrier, KEY_EXTRA), RULE_LOAD, 0, __ATOMIC_ACQUIRE, site, 0);
	uint64_t before = call_step(KEY(barrier, KEY_VALUE), RULE_ADD, 1, __ATOMIC_ACQ_REL, site, 0);

	if (count == 0)
		return EINVAL;
	if (before % count == count - 1)
		return PTHREAD_BARRIER_SERIAL_THREAD;
	call_step(KEY(barrier, KEY_VALUE), RULE_AWAIT_LEAST, (before / count + 1) * count, __ATOMIC_ACQUIRE, site, 0);
	return 0;
}

/* As libc's: 2, once it is done. */
#define ONCE_DONE 2u

/* A lock beside it, and in the word itself whether it is done: another one may be where one has been. */
void run_once(uint32_t *control, void (*function)(void), uint64_t site)
{
	uint64_t key = KEY(control, KEY_VALUE);

	if (call_load4(control, __ATOMIC_ACQUIRE) == ONCE_DONE)
		return;
	call_step(key, RULE_AWAIT_EXCHANGE, self() + 1, __ATOMIC_ACQUIRE, site, 0);
	if (call_load4(control, __ATOMIC_ACQUIRE) != ONCE_DONE) {
		function();
		call_store4(control, ONCE_DONE, __ATOMIC_RELEASE);
	}
	call_step(key, RULE_STORE, 0, __ATOMIC_RELEASE, site, 0);
}

static int model_once(pthread_once_t *control, void (*function)(void))
{
	ENTER("pthread_once");
	run_once((uint32_t *)control, function, site);
	return 0;
}

/* pthread_cleanup_push() and pop(), in C: what is registered is called when a thread is cancelled, and none is. */
static void model_register_cancel(const void *buffer)
{
	(void)buffer;
}

CALLS(other) = {
	TO("pthread_spin_init", model_spin_init),
	TO("pthread_spin_destroy", model_spin_destroy),
	TO("pthread_spin_lock", model_spin_lock),
	TO("pthread_spin_trylock", model_spin_trylock),
	TO("pthread_spin_unlock", model_spin_unlock),
	TO("pthread_barrier_init", model_barrier_init),
	TO("pthread_barrier_destroy", model_barrier_destroy),
	TO("pthread_barrier_wait", model_barrier_wait),
	TO("pthread_once", model_once),
	TO("__pthread_register_cancel", model_register_cancel),
	TO("__pthread_unregister_cancel", model_register_cancel),
	NO_MORE,
};
