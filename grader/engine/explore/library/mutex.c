/* Mutexes: a value that is 0, or 1 + the owner's number. Robust ones have an enum robustness besides, which is looked
 * at and changed by who holds it: a thread that ends releases them, and the next one is told. */
#include "own.h"

#include <errno.h>
#include <pthread.h>

/* Of glibc's __kind. */
#define KIND_TYPE 3
#define KIND_ROBUST 16
#define KIND_CEILING 64 /* inheriting priorities changes nothing that is looked at here */
#define KIND_SHARED 128

static int mutex_type(const pthread_mutex_t *mutex)
{
	return mutex->__data.__kind & KIND_TYPE;
}

static void mutex_used(const pthread_mutex_t *mutex, const struct object_type *type, uint64_t site)
{
	object_used(mutex, type, (mutex->__data.__kind & KIND_SHARED) != 0, site);
}

/* What a thread gets that holds it already; -1: it has to wait like all others. */
static int lock_again(const pthread_mutex_t *mutex, struct library_held *held)
{
	if (held != NULL && mutex_type(mutex) == PTHREAD_MUTEX_RECURSIVE) {
		held->count++;
		return 0;
	}
	return held != NULL && mutex_type(mutex) == PTHREAD_MUTEX_ERRORCHECK ? EDEADLK : -1;
}

static bool is_robust(const pthread_mutex_t *mutex)
{
	return (mutex->__data.__kind & KIND_ROBUST) != 0;
}

static void note_robustness(const pthread_mutex_t *mutex, enum robustness robust, uint64_t site)
{
	call_step(KEY(mutex, KEY_EXTRA), RULE_STORE, robust, __ATOMIC_RELAXED, site, 0);
}

static void let_go(const void *mutex, uint64_t site)
{
	call_step(KEY(mutex, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELEASE, site, 0);
}

/* The calling thread has got it. */
static int locked(const pthread_mutex_t *mutex, uint64_t site)
{
	struct library_held *held;

	held_add(mutex, false);
	if (!is_robust(mutex) || (held = held_find(mutex)) == NULL)
		return 0;
	held->robust = (enum robustness)call_step(KEY(mutex, KEY_EXTRA), RULE_LOAD, 0, __ATOMIC_RELAXED, site, 0);
	held->site = site;
	if (held->robust == ROBUST_INCONSISTENT)
		return EOWNERDEAD;
	if (held->robust != ROBUST_LOST)
		return 0;
	held->count = 0;
	let_go(mutex, site);
	return ENOTRECOVERABLE;
}

/* The calling thread ends. */
void mutex_owner_ends(void)
{
	for (unsigned i = 0; i < LIBRARY_HELD_MAX; i++) {
		struct library_held *held = &library_state.thread[self()].held[i];
		if (held->count == 0 || held->robust == ROBUST_NOT)
			continue;
		held->count = 0;
		note_robustness(held->object, ROBUST_INCONSISTENT, held->site);
		let_go(held->object, held->site);
	}
}

int mutex_lock(pthread_mutex_t *mutex, const struct object_type *type, uint64_t site)
{
	mutex_used(mutex, type, site);
	int r = lock_again(mutex, held_find(mutex));
	if (r >= 0)
		return r;
	call_step(KEY(mutex, KEY_VALUE), RULE_AWAIT_EXCHANGE, self() + 1, __ATOMIC_ACQUIRE, site, 0);
	return locked(mutex, site);
}

int mutex_trylock(pthread_mutex_t *mutex, const struct object_type *type, uint64_t site)
{
	mutex_used(mutex, type, site);
	if (lock_again(mutex, held_find(mutex)) == 0)
		return 0;
	if (call_step(KEY(mutex, KEY_VALUE), RULE_COMPARE, self() + 1, __ATOMIC_ACQUIRE, site, 0) != 0)
		return EBUSY;
	return locked(mutex, site);
}

int mutex_timedlock(pthread_mutex_t *mutex, const struct object_type *type, enum deadline deadline, uint64_t site)
{
	int r;

	if (times_out(deadline, site)) {
		r = mutex_trylock(mutex, type, site);
		return r == EBUSY ? ETIMEDOUT : r;
	}
	r = mutex_lock(mutex, type, site);
	waited();
	return r;
}

int mutex_unlock(pthread_mutex_t *mutex, const struct object_type *type, uint64_t site)
{
	struct library_held *held = held_find(mutex);

	mutex_used(mutex, type, site);
	if (held == NULL) {
		if (mutex_type(mutex) != PTHREAD_MUTEX_NORMAL || is_robust(mutex))
			return EPERM;
		call_finding(PROPERTY_MEMORY_SAFETY, said_only(SAID_A_THREAD_UNLOCKS_A_MUTEX), mutex);
		return EPERM;
	}
	if (--held->count > 0)
		return 0;
	if (held->robust == ROBUST_INCONSISTENT)
		note_robustness(mutex, ROBUST_LOST, site);
	let_go(mutex, site);
	return 0;
}

int mutex_destroy(pthread_mutex_t *mutex, const struct object_type *type, uint64_t site)
{
	object_destroys(mutex, type, site);
	if (call_step(KEY(mutex, KEY_VALUE), RULE_LOAD, 0, __ATOMIC_RELAXED, site, 0) != 0) {
		call_finding(PROPERTY_MEMORY_SAFETY, said_only(SAID_A_MUTEX_IS_DESTROYED_WHILE), mutex);
		return EBUSY;
	}
	object_destroyed(mutex, type);
	return 0;
}

static int model_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	ENTER_ON("pthread_mutex_init", mutex);
	object_makes(mutex, &type_mutex, site);
	call_step(KEY(mutex, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	int r = pthread_mutex_init(mutex, attributes);
	if (r == 0 && is_robust(mutex))
		note_robustness(mutex, ROBUST_CONSISTENT, site);
	if (r == 0 && (mutex->__data.__kind & KIND_CEILING) != 0)
		call_unmodelled(said_only(SAID_MUTEXES_WITH_A_PRIORITY_PROTOCOL));
	return r;
}

static int model_destroy(pthread_mutex_t *mutex)
{
	ENTER_ON("pthread_mutex_destroy", mutex);
	return mutex_destroy(mutex, &type_mutex, site);
}

static int model_lock(pthread_mutex_t *mutex)
{
	ENTER_ON("pthread_mutex_lock", mutex);
	return mutex_lock(mutex, &type_mutex, site);
}

static int model_trylock(pthread_mutex_t *mutex)
{
	ENTER_ON("pthread_mutex_trylock", mutex);
	return mutex_trylock(mutex, &type_mutex, site);
}

static int model_timedlock(pthread_mutex_t *mutex, const struct timespec *until)
{
	ENTER_ON("pthread_mutex_timedlock", mutex);
	return mutex_timedlock(mutex, &type_mutex, deadline_at(until), site);
}

static int model_clocklock(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *until)
{
	(void)clock;
	ENTER_ON("pthread_mutex_clocklock", mutex);
	return mutex_timedlock(mutex, &type_mutex, deadline_at(until), site);
}

static int model_unlock(pthread_mutex_t *mutex)
{
	ENTER_ON("pthread_mutex_unlock", mutex);
	return mutex_unlock(mutex, &type_mutex, site);
}

static int model_consistent(pthread_mutex_t *mutex)
{
	ENTER_ON("pthread_mutex_consistent", mutex);
	struct library_held *held = held_find(mutex);

	mutex_used(mutex, &type_mutex, site);
	if (held == NULL || held->robust != ROBUST_INCONSISTENT)
		return EINVAL;
	held->robust = ROBUST_CONSISTENT;
	note_robustness(mutex, ROBUST_CONSISTENT, site);
	return 0;
}

CALLS(mutex) = {
	TO("pthread_mutex_init", model_init),
	TO("pthread_mutex_destroy", model_destroy),
	TO("pthread_mutex_lock", model_lock),
	TO("pthread_mutex_trylock", model_trylock),
	TO("pthread_mutex_timedlock", model_timedlock),
	TO("pthread_mutex_clocklock", model_clocklock),
	TO("pthread_mutex_unlock", model_unlock),
	TO("pthread_mutex_consistent", model_consistent),
	TO("pthread_mutex_consistent_np", model_consistent),
	NO_MORE,
};
