/* Read-write locks: the number of readers, or a bit for the writer; and, where writers are preferred, how many of them
 * wait: no reader gets in meanwhile (pthread_rwlockattr_setkind_np(3): of the three kinds one does that). */
#include "own.h"

#include <errno.h>
#include <pthread.h>

#define READERS (WRITER - 1)
#define WRITER (UINT64_C(1) << 32)
#define WAITING (UINT64_C(1) << 40) /* a writer that waits */
#define ALL_WAITING (~(WAITING - 1))

static bool prefers_writers(const pthread_rwlock_t *lock)
{
	return lock->__data.__flags == PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP;
}

/* What keeps a reader out. */
static uint64_t no_reader(const pthread_rwlock_t *lock)
{
	return prefers_writers(lock) ? WRITER | ALL_WAITING : WRITER;
}

static void rwlock_used(const pthread_rwlock_t *lock, uint64_t site)
{
	object_used(lock, &type_rwlock, lock->__data.__shared != 0, site);
}

static int rwlock_read(const pthread_rwlock_t *lock, uint64_t site)
{
	rwlock_used(lock, site);
	call_step(KEY(lock, KEY_VALUE), RULE_AWAIT_SHARE, 1, __ATOMIC_ACQUIRE, site, no_reader(lock));
	held_add(lock, true);
	return 0;
}

static int rwlock_try_read(const pthread_rwlock_t *lock, int error, uint64_t site)
{
	rwlock_used(lock, site);
	uint64_t out = no_reader(lock);

	if ((call_step(KEY(lock, KEY_VALUE), RULE_SHARE, 1, __ATOMIC_ACQUIRE, site, out) & out) != 0)
		return error;
	held_add(lock, true);
	return 0;
}

static int rwlock_write(const pthread_rwlock_t *lock, uint64_t site)
{
	rwlock_used(lock, site);
	if (!prefers_writers(lock)) {
		call_step(KEY(lock, KEY_VALUE), RULE_AWAIT_EXCHANGE, WRITER, __ATOMIC_ACQUIRE, site, 0);
	} else if (library_mode.states) {
		/* To whom it is handed when a writer leaves and readers wait is glibc's own affair. */
		call_unmodelled(said_only(SAID_WHO_IS_NEXT_WHERE_WRITERS));
	} else {
		call_step(KEY(lock, KEY_VALUE), RULE_ADD, WAITING, __ATOMIC_RELAXED, site, 0);
		call_step(KEY(lock, KEY_VALUE), RULE_AWAIT_SHARE, WRITER - WAITING, __ATOMIC_ACQUIRE, site,
			  READERS | WRITER);
	}
	held_add(lock, false);
	return 0;
}

static int rwlock_try_write(const pthread_rwlock_t *lock, int error, uint64_t site)
{
	rwlock_used(lock, site);
	if (call_step(KEY(lock, KEY_VALUE), RULE_COMPARE, WRITER, __ATOMIC_ACQUIRE, site, 0) != 0)
		return error;
	held_add(lock, false);
	return 0;
}

static int rwlock_timed_read(const pthread_rwlock_t *lock, enum deadline deadline, uint64_t site)
{
	if (times_out(deadline, site))
		return rwlock_try_read(lock, ETIMEDOUT, site);
	rwlock_read(lock, site);
	waited();
	return 0;
}

static int rwlock_timed_write(const pthread_rwlock_t *lock, enum deadline deadline, uint64_t site)
{
	if (times_out(deadline, site))
		return rwlock_try_write(lock, ETIMEDOUT, site);
	rwlock_write(lock, site);
	waited();
	return 0;
}

static int model_init(pthread_rwlock_t *lock, const pthread_rwlockattr_t *attributes)
{
	ENTER_ON("pthread_rwlock_init", lock);
	object_makes(lock, &type_rwlock, site);
	call_step(KEY(lock, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	return pthread_rwlock_init(lock, attributes);
}

static int model_destroy(pthread_rwlock_t *lock)
{
	ENTER_ON("pthread_rwlock_destroy", lock);
	object_destroys(lock, &type_rwlock, site);
	if (call_step(KEY(lock, KEY_VALUE), RULE_LOAD, 0, __ATOMIC_RELAXED, site, 0) != 0)
		call_finding(PROPERTY_MEMORY_SAFETY, said_only(SAID_A_READ_WRITE_LOCK_IS), lock);
	object_destroyed(lock, &type_rwlock);
	return 0;
}

static int model_rdlock(const pthread_rwlock_t *lock)
{
	ENTER_ON("pthread_rwlock_rdlock", lock);
	return rwlock_read(lock, site);
}

static int model_tryrdlock(const pthread_rwlock_t *lock)
{
	ENTER_ON("pthread_rwlock_tryrdlock", lock);
	return rwlock_try_read(lock, EBUSY, site);
}

static int model_timedrdlock(const pthread_rwlock_t *lock, const struct timespec *until)
{
	ENTER_ON("pthread_rwlock_timedrdlock", lock);
	return rwlock_timed_read(lock, deadline_at(until), site);
}

static int model_clockrdlock(const pthread_rwlock_t *lock, clockid_t clock, const struct timespec *until)
{
	(void)clock;
	ENTER_ON("pthread_rwlock_clockrdlock", lock);
	return rwlock_timed_read(lock, deadline_at(until), site);
}

static int model_wrlock(const pthread_rwlock_t *lock)
{
	ENTER_ON("pthread_rwlock_wrlock", lock);
	return rwlock_write(lock, site);
}

static int model_trywrlock(const pthread_rwlock_t *lock)
{
	ENTER_ON("pthread_rwlock_trywrlock", lock);
	return rwlock_try_write(lock, EBUSY, site);
}

static int model_timedwrlock(const pthread_rwlock_t *lock, const struct timespec *until)
{
	ENTER_ON("pthread_rwlock_timedwrlock", lock);
	return rwlock_timed_write(lock, deadline_at(until), site);
}

static int model_clockwrlock(const pthread_rwlock_t *lock, clockid_t clock, const struct timespec *until)
{
	(void)clock;
	ENTER_ON("pthread_rwlock_clockwrlock", lock);
	return rwlock_timed_write(lock, deadline_at(until), site);
}

static int model_unlock(const pthread_rwlock_t *lock)
{
	struct library_held *held = held_find(lock);

	ENTER_ON("pthread_rwlock_unlock", lock);
	rwlock_used(lock, site);
	if (held == NULL) {
		call_finding(PROPERTY_MEMORY_SAFETY, said_only(SAID_A_THREAD_UNLOCKS_A_READ), lock);
		return EPERM;
	}
	held->count = 0;
	call_step(KEY(lock, KEY_VALUE), RULE_SUB, held->shared ? 1 : WRITER, __ATOMIC_RELEASE, site, 0);
	return 0;
}

CALLS(rwlock) = {
	TO("pthread_rwlock_init", model_init),
	TO("pthread_rwlock_destroy", model_destroy),
	TO("pthread_rwlock_rdlock", model_rdlock),
	TO("pthread_rwlock_tryrdlock", model_tryrdlock),
	TO("pthread_rwlock_timedrdlock", model_timedrdlock),
	TO("pthread_rwlock_clockrdlock", model_clockrdlock),
	TO("pthread_rwlock_wrlock", model_wrlock),
	TO("pthread_rwlock_trywrlock", model_trywrlock),
	TO("pthread_rwlock_timedwrlock", model_timedwrlock),
	TO("pthread_rwlock_clockwrlock", model_clockwrlock),
	TO("pthread_rwlock_unlock", model_unlock),
	NO_MORE,
};
