/* C11's threads: POSIX's, by other names and with other results. */
#include "own.h"

#include <errno.h>
#include <pthread.h>
#include <threads.h>

static int result(int error)
{
	return error == 0 ? thrd_success : error == EBUSY ? thrd_busy : error == ETIMEDOUT ? thrd_timedout : thrd_error;
}

#define MUTEX(mutex) ((pthread_mutex_t *)(mutex))

static int model_mtx_init(mtx_t *mutex, int type)
{
	ENTER_ON("mtx_init", mutex);
	object_makes(mutex, &type_mtx, site);
	call_step(KEY(mutex, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	int r = mtx_init(mutex, type);
	if (r == thrd_success)
		object_made(mutex, &type_mtx, DEADLINE_NEVER, site);
	return r;
}

static void model_mtx_destroy(mtx_t *mutex)
{
	ENTER_ON("mtx_destroy", mutex);
	mutex_destroy(MUTEX(mutex), &type_mtx, site);
}

static int model_mtx_lock(mtx_t *mutex)
{
	ENTER_ON("mtx_lock", mutex);
	return result(mutex_lock(MUTEX(mutex), &type_mtx, site));
}

static int model_mtx_trylock(mtx_t *mutex)
{
	ENTER_ON("mtx_trylock", mutex);
	return result(mutex_trylock(MUTEX(mutex), &type_mtx, site));
}

static int model_mtx_timedlock(mtx_t *mutex, const struct timespec *until)
{
	ENTER_ON("mtx_timedlock", mutex);
	return result(mutex_timedlock(MUTEX(mutex), &type_mtx, deadline_at(until), site));
}

static int model_mtx_unlock(mtx_t *mutex)
{
	ENTER_ON("mtx_unlock", mutex);
	return result(mutex_unlock(MUTEX(mutex), &type_mtx, site));
}

static int model_cnd_init(cnd_t *condition)
{
	ENTER_ON("cnd_init", condition);
	object_makes(condition, &type_cnd, site);
	call_step(KEY(condition, KEY_WAITERS), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	int r = cnd_init(condition);
	if (r == thrd_success)
		object_made(condition, &type_cnd, false, site);
	return r;
}

static void model_cnd_destroy(cnd_t *condition)
{
	ENTER_ON("cnd_destroy", condition);
	condition_destroy(condition, &type_cnd, site);
}

static int model_cnd_wait(cnd_t *condition, mtx_t *mutex)
{
	ENTER_ON("cnd_wait", condition);
	return result(condition_wait(condition, MUTEX(mutex), &type_cnd, &type_mtx, DEADLINE_NEVER, site));
}

static int model_cnd_timedwait(cnd_t *condition, mtx_t *mutex, const struct timespec *until)
{
	ENTER_ON("cnd_timedwait", condition);
	return result(condition_wait(condition, MUTEX(mutex), &type_cnd, &type_mtx, deadline_at(until), site));
}

static int model_cnd_signal(cnd_t *condition)
{
	ENTER_ON("cnd_signal", condition);
	return result(condition_wake(condition, 1, &type_cnd, site));
}

static int model_cnd_broadcast(cnd_t *condition)
{
	ENTER_ON("cnd_broadcast", condition);
	return result(condition_wake(condition, UINT32_MAX, &type_cnd, site));
}

static void model_call_once(once_flag *control, void (*function)(void))
{
	ENTER("call_once");
	run_once((uint32_t *)control, function, site);
}

static int model_tss_create(tss_t *key, tss_dtor_t destructor)
{
	return result(key_create(key, destructor));
}

static void model_thrd_yield(void)
{
	thread_yields(CALL_SITE);
}

static int model_thrd_sleep(void)
{
	return thread_sleeps(CALL_SITE);
}

static int model_timespec_get(struct timespec *now, int base)
{
	*now = clock_now();
	return base;
}

CLEAN(clean_cnd_wait, model_cnd_wait)
CLEAN(clean_cnd_timedwait, model_cnd_timedwait)

CALLS(c11) = {
	TO("mtx_init", model_mtx_init),           TO("mtx_destroy", model_mtx_destroy),
	TO("mtx_lock", model_mtx_lock),           TO("mtx_trylock", model_mtx_trylock),
	TO("mtx_timedlock", model_mtx_timedlock), TO("mtx_unlock", model_mtx_unlock),
	TO("cnd_init", model_cnd_init),           TO("cnd_destroy", model_cnd_destroy),
	TO("cnd_wait", clean_cnd_wait),           TO("cnd_timedwait", clean_cnd_timedwait),
	TO("cnd_signal", model_cnd_signal),       TO("cnd_broadcast", model_cnd_broadcast),
	TO("call_once", model_call_once),         TO("tss_create", model_tss_create),
	TO("thrd_yield", model_thrd_yield),       TO("thrd_sleep", model_thrd_sleep),
	TO("timespec_get", model_timespec_get),   NO_MORE,
};
