/* Mutexes: a value that is 0, or 1 + the owner's number. */
#include "own.h"

#include <errno.h>
#include <pthread.h>

/* Of glibc's __kind. */
#define KIND_TYPE 3
#define KIND_ROBUST 16
#define KIND_PRIORITY (32 | 64)
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

int mutex_lock(pthread_mutex_t *mutex, const struct object_type *type, uint64_t site)
{
	mutex_used(mutex, type, site);
	int r = lock_again(mutex, held_find(mutex));
	if (r >= 0)
		return r;
	call_step(KEY(mutex, KEY_VALUE), RULE_AWAIT_EXCHANGE, self() + 1, __ATOMIC_ACQUIRE, site, 0);
	held_add(mutex, false);
	return 0;
}

int mutex_trylock(pthread_mutex_t *mutex, const struct object_type *type, uint64_t site)
{
	mutex_used(mutex, type, site);
	if (lock_again(mutex, held_find(mutex)) == 0)
		return 0;
	if (call_step(KEY(mutex, KEY_VALUE), RULE_COMPARE, self() + 1, __ATOMIC_ACQUIRE, site, 0) != 0)
		return EBUSY;
	held_add(mutex, false);
	return 0;
}

int mutex_timedlock(pthread_mutex_t *mutex, const struct object_type *type, enum deadline deadline, uint64_t site)
{
	int r;

	if (times_out(deadline, site))
		return mutex_trylock(mutex, type, site) == 0 ? 0 : ETIMEDOUT;
	r = mutex_lock(mutex, type, site);
	waited();
	return r;
}

int mutex_unlock(pthread_mutex_t *mutex, const struct object_type *type, uint64_t site)
{
	struct library_held *held = held_find(mutex);

	mutex_used(mutex, type, site);
	if (held == NULL) {
		if (mutex_type(mutex) != PTHREAD_MUTEX_NORMAL)
			return EPERM;
		call_finding(PROPERTY_MEMORY_SAFETY, said_only(SAID_A_THREAD_UNLOCKS_A_MUTEX), mutex);
		return EPERM;
	}
	if (--held->count > 0)
		return 0;
	call_step(KEY(mutex, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELEASE, site, 0);
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
	if (r == 0 && (mutex->__data.__kind & KIND_ROBUST) != 0)
		call_unmodelled(said_only(SAID_ROBUST_MUTEXES));
	if (r == 0 && (mutex->__data.__kind & KIND_PRIORITY) != 0)
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

CALLS(mutex) = {
	TO("pthread_mutex_init", model_init),           TO("pthread_mutex_destroy", model_destroy),
	TO("pthread_mutex_lock", model_lock),           TO("pthread_mutex_trylock", model_trylock),
	TO("pthread_mutex_timedlock", model_timedlock), TO("pthread_mutex_clocklock", model_clocklock),
	TO("pthread_mutex_unlock", model_unlock),       NO_MORE,
};
