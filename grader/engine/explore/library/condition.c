/* Condition variables: a mask of who sleeps. Waiting ends, and the mask is looked at, inside of the library: only the
 * begin of a call is a use of the object (POSIX: it may be destroyed once all that were blocked have been woken). */
#include "own.h"

#include <errno.h>
#include <pthread.h>

static void condition_used(const void *condition, const struct object_type *type, uint64_t site)
{
	object_used(condition, type, (((const pthread_cond_t *)condition)->__data.__wrefs & 1) != 0, site);
}

int condition_wait(void *condition, pthread_mutex_t *mutex, const struct object_type *type,
		   const struct object_type *mutex_type, enum deadline deadline, uint64_t site)
{
	uint64_t key = KEY(condition, KEY_WAITERS);
	enum wake wake;
	int r;

	condition_used(condition, type, site);
	call_step(key, RULE_OR, self_bit(), __ATOMIC_ACQ_REL, site, 0);
	mutex_unlock(mutex, mutex_type, site);
	wake = sleep_on(key, deadline, site);
	r = mutex_lock(mutex, mutex_type, site);
	if (r != 0)
		return r;
	return wake == WAKE_TIMEOUT ? ETIMEDOUT : 0;
}

int condition_wake(void *condition, unsigned n, const struct object_type *type, uint64_t site)
{
	condition_used(condition, type, site);
	wake_up(KEY(condition, KEY_WAITERS), n, false, site);
	return 0;
}

int condition_destroy(void *condition, const struct object_type *type, uint64_t site)
{
	object_destroys(condition, type, site);
	if (call_step(KEY(condition, KEY_WAITERS), RULE_LOAD, 0, __ATOMIC_RELAXED, site, 0) != 0)
		call_finding(PROPERTY_MEMORY_SAFETY, said_only(SAID_A_CONDITION_VARIABLE_IS_DESTROYED), condition);
	object_destroyed(condition, type);
	return 0;
}

static int model_init(pthread_cond_t *condition, const pthread_condattr_t *attributes)
{
	ENTER_ON("pthread_cond_init", condition);
	object_makes(condition, &type_condition, site);
	call_step(KEY(condition, KEY_WAITERS), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	return pthread_cond_init(condition, attributes);
}

static int model_destroy(pthread_cond_t *condition)
{
	ENTER_ON("pthread_cond_destroy", condition);
	return condition_destroy(condition, &type_condition, site);
}

static int model_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
	ENTER_ON("pthread_cond_wait", condition);
	return condition_wait(condition, mutex, &type_condition, &type_mutex, DEADLINE_NEVER, site);
}

static int model_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *until)
{
	ENTER_ON("pthread_cond_timedwait", condition);
	return condition_wait(condition, mutex, &type_condition, &type_mutex, deadline_at(until), site);
}

static int model_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock,
			   const struct timespec *until)
{
	(void)clock;
	ENTER_ON("pthread_cond_clockwait", condition);
	return condition_wait(condition, mutex, &type_condition, &type_mutex, deadline_at(until), site);
}

static int model_signal(pthread_cond_t *condition)
{
	ENTER_ON("pthread_cond_signal", condition);
	return condition_wake(condition, 1, &type_condition, site);
}

static int model_broadcast(pthread_cond_t *condition)
{
	ENTER_ON("pthread_cond_broadcast", condition);
	return condition_wake(condition, UINT32_MAX, &type_condition, site);
}

CLEAN(clean_wait, model_wait)
CLEAN(clean_timedwait, model_timedwait)
CLEAN(clean_clockwait, model_clockwait)

CALLS(condition) = {
	TO("pthread_cond_init", model_init),           TO("pthread_cond_destroy", model_destroy),
	TO("pthread_cond_wait", clean_wait),           TO("pthread_cond_timedwait", clean_timedwait),
	TO("pthread_cond_clockwait", clean_clockwait), TO("pthread_cond_signal", model_signal),
	TO("pthread_cond_broadcast", model_broadcast), NO_MORE,
};
