/* POSIX's semaphores: a count. */
#include "own.h"

#include <errno.h>
#include <semaphore.h>

static void semaphore_used(const sem_t *semaphore, uint64_t site)
{
	object_used(semaphore, &type_semaphore, object_is_shared(semaphore, site), site);
}

static int semaphore_wait(const sem_t *semaphore, uint64_t site)
{
	semaphore_used(semaphore, site);
	call_step(KEY(semaphore, KEY_VALUE), RULE_AWAIT_TAKE, 1, __ATOMIC_ACQUIRE, site, 0);
	return 0;
}

static int semaphore_try(const sem_t *semaphore, int error, uint64_t site)
{
	semaphore_used(semaphore, site);
	if (call_step(KEY(semaphore, KEY_VALUE), RULE_TAKE, 1, __ATOMIC_ACQUIRE, site, 0) > 0)
		return 0;
	errno = error;
	return -1;
}

static int semaphore_timedwait(const sem_t *semaphore, enum deadline deadline, uint64_t site)
{
	if (times_out(deadline, site))
		return semaphore_try(semaphore, ETIMEDOUT, site);
	semaphore_wait(semaphore, site);
	waited();
	return 0;
}

static int model_init(sem_t *semaphore, int shared, unsigned value)
{
	ENTER_ON("sem_init", semaphore);
	object_makes(semaphore, &type_semaphore, site);
	call_step(KEY(semaphore, KEY_VALUE), RULE_STORE, value, __ATOMIC_RELAXED, site, 0);
	int r = sem_init(semaphore, shared, value);
	if (r == 0)
		object_made(semaphore, &type_semaphore, shared != 0, site);
	return r;
}

static int model_destroy(sem_t *semaphore)
{
	ENTER_ON("sem_destroy", semaphore);
	object_destroys(semaphore, &type_semaphore, site);
	object_destroyed(semaphore, &type_semaphore);
	return 0;
}

static int model_wait(const sem_t *semaphore)
{
	ENTER_ON("sem_wait", semaphore);
	return semaphore_wait(semaphore, site);
}

static int model_trywait(const sem_t *semaphore)
{
	ENTER_ON("sem_trywait", semaphore);
	return semaphore_try(semaphore, EAGAIN, site);
}

static int model_timedwait(const sem_t *semaphore, const struct timespec *until)
{
	ENTER_ON("sem_timedwait", semaphore);
	return semaphore_timedwait(semaphore, deadline_at(until), site);
}

static int model_clockwait(const sem_t *semaphore, clockid_t clock, const struct timespec *until)
{
	(void)clock;
	ENTER_ON("sem_clockwait", semaphore);
	return semaphore_timedwait(semaphore, deadline_at(until), site);
}

static int model_post(const sem_t *semaphore)
{
	ENTER_ON("sem_post", semaphore);
	semaphore_used(semaphore, site);
	call_step(KEY(semaphore, KEY_VALUE), RULE_ADD, 1, __ATOMIC_RELEASE, site, 0);
	return 0;
}

static int model_getvalue(const sem_t *semaphore, int *value)
{
	ENTER_ON("sem_getvalue", semaphore);
	semaphore_used(semaphore, site);
	*value = (int)call_step(KEY(semaphore, KEY_VALUE), RULE_LOAD, 0, __ATOMIC_RELAXED, site, 0);
	return 0;
}

CALLS(semaphore) = {
	TO("sem_init", model_init),       TO("sem_destroy", model_destroy),     TO("sem_wait", model_wait),
	TO("sem_trywait", model_trywait), TO("sem_timedwait", model_timedwait), TO("sem_clockwait", model_clockwait),
	TO("sem_post", model_post),       TO("sem_getvalue", model_getvalue),   NO_MORE,
};
