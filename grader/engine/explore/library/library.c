#include "library.h"

#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <threads.h>
#include <time.h>

#include "calls.h"
#include "fresh.h"
#include "heap.h"
#include "internal.h"
#include "library_state.h"
#include "process.h"
#include "stateful.h"

/* What runs here runs on a fiber, as a part of the plugin: it keeps state only in library_state and in the model's
 * locations. ENTER notes the name of the call, for reports, and where it was made. */
#define ENTER(name)                                                                                                    \
	uint64_t site = CALL_SITE;                                                                                     \
	call_mark(MARK_LIBRARY, site, name)

struct library_state library_state;

static unsigned self(void)
{
	return (unsigned)(fiber_current() - fiber_get(0));
}

static uint64_t self_bit(void)
{
	return UINT64_C(1) << self();
}

/* ---- processes ---- */

/* One that holds nothing but the garbage that memory is filled with was never initialized. */
static void expect_made(const void *object, size_t size, const char *type)
{
	char message[96];

	if (!fresh_is_all(object, size))
		return;
	snprintf(message, sizeof message, "a %s is used that was never initialized", type);
	call_finding(PROPERTY_MEMORY_SAFETY, message);
}

/* An object of the library is used; where threads are processes, is it one that they may share? */
static void use(const void *object, bool shared, const char *type)
{
	if (ex.processes && !shared)
		call_mark(MARK_USE, (uint64_t)(uintptr_t)object, type);
}

/* For types whose objects do not show it: noted when they are initialized. */
static void note_shared(const void *object, int shared, uint64_t site)
{
	if (ex.processes)
		call_step(KEY(object, KEY_SHARED), RULE_STORE, shared != 0, __ATOMIC_RELAXED, site, 0);
}

static void use_noted(const void *object, size_t size, const char *type, uint64_t site)
{
	expect_made(object, size, type);
	if (ex.processes)
		use(object, call_step(KEY(object, KEY_SHARED), RULE_LOAD, 0, __ATOMIC_RELAXED, site, 0) != 0, type);
}

#define MUTEX_SHARED 128 /* of glibc's __kind */

static void use_mutex(const pthread_mutex_t *mutex)
{
	expect_made(mutex, sizeof *mutex, "mutex");
	use(mutex, (mutex->__data.__kind & MUTEX_SHARED) != 0, "mutex");
}

static void use_condition(const void *condition)
{
	expect_made(condition, sizeof(pthread_cond_t), "condition variable");
	use(condition, (((const pthread_cond_t *)condition)->__data.__wrefs & 1) != 0, "condition variable");
}

static void use_rwlock(const pthread_rwlock_t *lock)
{
	expect_made(lock, sizeof *lock, "read-write lock");
	use(lock, lock->__data.__shared != 0, "read-write lock");
}

/* ---- locks: who holds what ---- */

static struct library_held *held_find(const void *object)
{
	for (unsigned i = 0; i < LIBRARY_HELD_MAX; i++) {
		struct library_held *held = &library_state.thread[self()].held[i];
		if (held->object == object && held->count > 0)
			return held;
	}
	return NULL;
}

static void held_add(const void *object, bool shared)
{
	for (unsigned i = 0; i < LIBRARY_HELD_MAX; i++) {
		struct library_held *held = &library_state.thread[self()].held[i];
		if (held->count == 0) {
			*held = (struct library_held){ .object = object, .count = 1, .shared = shared };
			return;
		}
	}
	call_unmodelled("more locks of the library held by one thread than the explorer follows");
}

/* ---- mutexes ---- */

static int mutex_kind(const pthread_mutex_t *mutex)
{
	return mutex->__data.__kind;
}

static bool mutex_gone(const pthread_mutex_t *mutex)
{
	if (mutex_kind(mutex) != -1)
		return false;
	call_finding(PROPERTY_MEMORY_SAFETY, "a mutex is used after it was destroyed");
	return true;
}

static int mutex_lock(pthread_mutex_t *mutex, uint64_t site)
{
	struct library_held *held = held_find(mutex);
	int type = mutex_kind(mutex) & 3;

	if (mutex_gone(mutex))
		return EINVAL;
	use_mutex(mutex);
	if (held != NULL && type == PTHREAD_MUTEX_RECURSIVE) {
		held->count++;
		return 0;
	}
	if (held != NULL && type == PTHREAD_MUTEX_ERRORCHECK)
		return EDEADLK;
	call_step(KEY(mutex, KEY_VALUE), RULE_AWAIT_EXCHANGE, self() + 1, __ATOMIC_ACQUIRE, site, 0);
	held_add(mutex, false);
	return 0;
}

static int mutex_trylock(pthread_mutex_t *mutex, uint64_t site)
{
	struct library_held *held = held_find(mutex);

	if (mutex_gone(mutex))
		return EINVAL;
	use_mutex(mutex);
	if (held != NULL && (mutex_kind(mutex) & 3) == PTHREAD_MUTEX_RECURSIVE) {
		held->count++;
		return 0;
	}
	if (call_step(KEY(mutex, KEY_VALUE), RULE_COMPARE, self() + 1, __ATOMIC_ACQUIRE, site, 0) != 0)
		return EBUSY;
	held_add(mutex, false);
	return 0;
}

static int mutex_unlock(pthread_mutex_t *mutex, uint64_t site)
{
	struct library_held *held = held_find(mutex);

	if (mutex_gone(mutex))
		return EINVAL;
	use_mutex(mutex);
	if (held == NULL) {
		if ((mutex_kind(mutex) & 3) != PTHREAD_MUTEX_NORMAL)
			return EPERM;
		call_finding(PROPERTY_MEMORY_SAFETY,
			     "a thread unlocks a mutex that it has not locked (undefined behaviour)");
		return EPERM;
	}
	if (--held->count > 0)
		return 0;
	call_step(KEY(mutex, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELEASE, site, 0);
	return 0;
}

static int mutex_destroy(pthread_mutex_t *mutex, uint64_t site)
{
	if (mutex_gone(mutex))
		return EINVAL;
	if (call_step(KEY(mutex, KEY_VALUE), RULE_LOAD, 0, __ATOMIC_RELAXED, site, 0) != 0) {
		call_finding(PROPERTY_MEMORY_SAFETY, "a mutex is destroyed while it is locked");
		return EBUSY;
	}
	mutex->__data.__kind = -1;
	return 0;
}

static int model_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	ENTER("pthread_mutex_init");
	call_step(KEY(mutex, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	return pthread_mutex_init(mutex, attributes);
}

static int model_mutex_destroy(pthread_mutex_t *mutex)
{
	ENTER("pthread_mutex_destroy");
	return mutex_destroy(mutex, site);
}

static int model_mutex_lock(pthread_mutex_t *mutex)
{
	ENTER("pthread_mutex_lock");
	return mutex_lock(mutex, site);
}

/* More than that would let a loop go on for ever. Where states are recognized, it may. */
static bool may_time_out(void)
{
	return ex.stateful || library_state.thread[self()].timeouts < LIBRARY_TIMEOUTS_MAX;
}

/* Whether a call that may wait finds the time over; if not, it waits for as long as it takes. */
static bool times_out(uint64_t site)
{
	bool over = may_time_out() && call_choice(2, site) == 1;

	if (over && !ex.stateful)
		library_state.thread[self()].timeouts++;
	library_state.thread[self()].timed = !over;
	return over;
}

static void waited(void)
{
	library_state.thread[self()].timed = false;
}

static int model_mutex_trylock(pthread_mutex_t *mutex)
{
	ENTER("pthread_mutex_trylock");
	return mutex_trylock(mutex, site);
}

static int model_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *until)
{
	(void)until;
	ENTER("pthread_mutex_timedlock");
	if (times_out(site))
		return mutex_trylock(mutex, site) == 0 ? 0 : ETIMEDOUT;
	int r = mutex_lock(mutex, site);
	waited();
	return r;
}

static int model_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *until)
{
	(void)clock;
	(void)until;
	ENTER("pthread_mutex_clocklock");
	if (times_out(site))
		return mutex_trylock(mutex, site) == 0 ? 0 : ETIMEDOUT;
	int r = mutex_lock(mutex, site);
	waited();
	return r;
}

static int model_mutex_unlock(pthread_mutex_t *mutex)
{
	ENTER("pthread_mutex_unlock");
	return mutex_unlock(mutex, site);
}

static int model_mtx_init(mtx_t *mutex, int type)
{
	ENTER("mtx_init");
	call_step(KEY(mutex, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	return mtx_init(mutex, type);
}

static void model_mtx_destroy(mtx_t *mutex)
{
	ENTER("mtx_destroy");
	mutex_destroy((pthread_mutex_t *)mutex, site);
}

static int model_mtx_lock(mtx_t *mutex)
{
	ENTER("mtx_lock");
	return mutex_lock((pthread_mutex_t *)mutex, site) == 0 ? thrd_success : thrd_error;
}

static int model_mtx_trylock(mtx_t *mutex)
{
	ENTER("mtx_trylock");
	return mutex_trylock((pthread_mutex_t *)mutex, site) == 0 ? thrd_success : thrd_busy;
}

static int model_mtx_timedlock(mtx_t *mutex, const struct timespec *until)
{
	(void)until;
	ENTER("mtx_timedlock");
	if (times_out(site))
		return mutex_trylock((pthread_mutex_t *)mutex, site) == 0 ? thrd_success : thrd_timedout;
	return mutex_lock((pthread_mutex_t *)mutex, site) == 0 ? thrd_success : thrd_error;
}

static int model_mtx_unlock(mtx_t *mutex)
{
	ENTER("mtx_unlock");
	return mutex_unlock((pthread_mutex_t *)mutex, site) == 0 ? thrd_success : thrd_error;
}

/* ---- sleeping and waking: a mask of who sleeps ---- */

enum wake { WAKE_SIGNAL, WAKE_SPURIOUS, WAKE_TIMEOUT };

/* How a sleep ends, where it may end in more than one way. */
static enum wake choose_wake(bool timeout, uint64_t site)
{
	unsigned *spurious = &library_state.thread[self()].spurious;
	bool may = ex.spurious_allowed && *spurious < LIBRARY_SPURIOUS_MAX;
	/* Where waking without a reason is switched off, a time limit is one more of these. */
	bool over = timeout && (ex.spurious_allowed || ex.stateful) && may_time_out();
	uint64_t choice = call_choice(1 + (may ? 1u : 0u) + (over ? 1u : 0u), site);

	if (choice == 0) {
		library_state.thread[self()].timed = timeout;
		return WAKE_SIGNAL;
	}
	if (choice == 1 && may) {
		(*spurious)++;
		return WAKE_SPURIOUS;
	}
	if (!ex.stateful)
		library_state.thread[self()].timeouts++;
	return WAKE_TIMEOUT;
}

static enum wake sleep_on(uint64_t key, bool timeout, uint64_t site)
{
	enum wake wake = choose_wake(timeout, site);

	if (wake == WAKE_SIGNAL)
		call_step(key, RULE_AWAIT_CLEAR, self_bit(), __ATOMIC_ACQUIRE, site, 0);
	else
		call_step(key, RULE_AND, ~self_bit(), __ATOMIC_ACQ_REL, site, 0);
	waited();
	return wake;
}

/* Wakes up to n of those in the mask, any of them. Returns how many. `order`: who comes to sleep later is ordered after
 * this, also where nobody sleeps now. */
static int wake_up(uint64_t key, unsigned n, bool order, uint64_t site)
{
	uint64_t mask = call_step(key, RULE_WAKE, n, __ATOMIC_ACQ_REL, site, order);

	while ((unsigned)__builtin_popcountll(mask) > n) {
		uint64_t rest = mask, seen;
		for (unsigned woken = 0; woken < n; woken++) {
			/* For the analysis of waiting, the library is first come, first served; a futex promises
			 * nothing. */
			uint64_t one = stateful_first(key, rest);
			if (order || !ex.stateful) {
				uint64_t which = call_choice((uint64_t)__builtin_popcountll(rest), site);
				for (one = rest; which > 0; which--)
					one &= one - 1;
			}
			rest &= ~(one & -one);
		}
		seen = call_step(key, RULE_COMPARE, rest, __ATOMIC_ACQ_REL, site, mask);
		if (seen == mask)
			return (int)n;
		mask = call_step(key, RULE_WAKE, n, __ATOMIC_ACQ_REL, site, order);
	}
	return __builtin_popcountll(mask);
}

static enum wake cond_wait(const void *condition, pthread_mutex_t *mutex, bool timeout, uint64_t site)
{
	uint64_t key = KEY(condition, KEY_WAITERS);
	enum wake wake;

	use_condition(condition);
	call_step(key, RULE_OR, self_bit(), __ATOMIC_ACQ_REL, site, 0);
	mutex_unlock(mutex, site);
	wake = sleep_on(key, timeout, site);
	mutex_lock(mutex, site);
	return wake;
}

static void cond_wake(const void *condition, unsigned n, uint64_t site)
{
	use_condition(condition);
	wake_up(KEY(condition, KEY_WAITERS), n, false, site);
}

static int model_cond_init(pthread_cond_t *condition, const pthread_condattr_t *attributes)
{
	ENTER("pthread_cond_init");
	call_step(KEY(condition, KEY_WAITERS), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	return pthread_cond_init(condition, attributes);
}

static int model_cond_destroy(pthread_cond_t *condition)
{
	ENTER("pthread_cond_destroy");
	if (call_step(KEY(condition, KEY_WAITERS), RULE_LOAD, 0, __ATOMIC_RELAXED, site, 0) != 0)
		call_finding(PROPERTY_MEMORY_SAFETY, "a condition variable is destroyed while a thread waits for it");
	return 0;
}

static int model_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
	ENTER("pthread_cond_wait");
	cond_wait(condition, mutex, false, site);
	return 0;
}

static int model_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *until)
{
	(void)until;
	ENTER("pthread_cond_timedwait");
	return cond_wait(condition, mutex, true, site) == WAKE_TIMEOUT ? ETIMEDOUT : 0;
}

static int model_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock,
				const struct timespec *until)
{
	(void)clock;
	(void)until;
	ENTER("pthread_cond_clockwait");
	return cond_wait(condition, mutex, true, site) == WAKE_TIMEOUT ? ETIMEDOUT : 0;
}

static int model_cond_signal(pthread_cond_t *condition)
{
	ENTER("pthread_cond_signal");
	cond_wake(condition, 1, site);
	return 0;
}

static int model_cond_broadcast(pthread_cond_t *condition)
{
	ENTER("pthread_cond_broadcast");
	cond_wake(condition, UINT32_MAX, site);
	return 0;
}

static int model_cnd_init(cnd_t *condition)
{
	ENTER("cnd_init");
	call_step(KEY(condition, KEY_WAITERS), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	return cnd_init(condition);
}

static void model_cnd_destroy(cnd_t *condition)
{
	ENTER("cnd_destroy");
	if (call_step(KEY(condition, KEY_WAITERS), RULE_LOAD, 0, __ATOMIC_RELAXED, site, 0) != 0)
		call_finding(PROPERTY_MEMORY_SAFETY, "a condition variable is destroyed while a thread waits for it");
}

static int model_cnd_wait(cnd_t *condition, mtx_t *mutex)
{
	ENTER("cnd_wait");
	cond_wait(condition, (pthread_mutex_t *)mutex, false, site);
	return thrd_success;
}

static int model_cnd_timedwait(cnd_t *condition, mtx_t *mutex, const struct timespec *until)
{
	(void)until;
	ENTER("cnd_timedwait");
	return cond_wait(condition, (pthread_mutex_t *)mutex, true, site) == WAKE_TIMEOUT ? thrd_timedout
											  : thrd_success;
}

static int model_cnd_signal(cnd_t *condition)
{
	ENTER("cnd_signal");
	cond_wake(condition, 1, site);
	return thrd_success;
}

static int model_cnd_broadcast(cnd_t *condition)
{
	ENTER("cnd_broadcast");
	cond_wake(condition, UINT32_MAX, site);
	return thrd_success;
}

/* ---- futexes ---- */

/* The kernel checks the word and puts the caller to sleep in one step: see RULE_ENQUEUE. Waker and waiter are ordered
 * by their steps on the mask, as they are by the kernel's lock. */
static long futex_wait(uint32_t *word, uint64_t key, uint32_t expected, bool timeout, uint64_t site)
{

	if (call_load4(word, __ATOMIC_SEQ_CST) != expected) {
		errno = EAGAIN;
		return -1;
	}
	call_step(key, RULE_ENQUEUE, self_bit(), __ATOMIC_ACQ_REL, site, 0);
	switch (sleep_on(key, timeout, site)) {
	case WAKE_TIMEOUT:
		errno = ETIMEDOUT;
		return -1;
	case WAKE_SPURIOUS:
		errno = EINTR;
		return -1;
	default:
		return 0;
	}
}

/* Of a private futex, each process has its own queue of sleepers. */
static uint64_t futex_key(const uint32_t *word, int operation)
{
	uint64_t key = KEY(word, KEY_WAITERS);

	if (!ex.processes || (operation & FUTEX_PRIVATE_FLAG) == 0)
		return key;
	call_mark(MARK_FUTEX, (uint64_t)(uintptr_t)word, NULL);
	return key | PROCESS_TAG(self());
}

static long futex(uint32_t *word, int operation, uint32_t value, const void *timeout, uint32_t bits, uint64_t site)
{
	uint64_t key = futex_key(word, operation);

	switch (operation & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME)) {
	case FUTEX_WAIT_BITSET:
		if (bits != FUTEX_BITSET_MATCH_ANY)
			break;
		/* fallthrough */
	case FUTEX_WAIT:
		return futex_wait(word, key, value, timeout != NULL, site);
	case FUTEX_WAKE_BITSET:
		if (bits != FUTEX_BITSET_MATCH_ANY)
			break;
		/* fallthrough */
	case FUTEX_WAKE:
		return wake_up(key, value, true, site);
	default:
		break;
	}
	call_unmodelled("this operation of futex(2)");
	return -1;
}

/* Told only where how a thread waits is looked at. */
static int model_yield(void)
{
	if (ex.stateful) {
		ENTER("sched_yield");
		(void)site;
	}
	return 0;
}

static int model_sleep(void)
{
	if (ex.stateful) {
		ENTER("sleep");
		(void)site;
	}
	return 0;
}

static pid_t model_gettid(void)
{
	return (pid_t)(1000 + self());
}

static pid_t model_getpid(void)
{
	return ex.processes ? model_gettid() : 1000;
}

/* Forked processes are all in their first thread, whose number is the same in each. */
static pthread_t model_pthread_self(void)
{
	return ex.processes ? (pthread_t)fiber_get(ex.n_threads)->thread_pointer : pthread_self();
}

static long model_syscall(long number, ...)
{
	va_list arguments;
	uint64_t a[6];

	ENTER("syscall");
	va_start(arguments, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(arguments, uint64_t);
	va_end(arguments);
	switch (number) {
	case SYS_futex:
		return futex((uint32_t *)(uintptr_t)a[0], (int)a[1], (uint32_t)a[2], (const void *)(uintptr_t)a[3],
			     (uint32_t)a[5], site);
	case SYS_gettid:
		return model_gettid();
	case SYS_getpid:
		return model_getpid();
	case SYS_sched_yield:
		return model_yield();
	default:
		call_unmodelled("a system call other than futex");
		return -1;
	}
}

/* ---- semaphores, read-write locks, barriers, once ---- */

static int model_sem_init(sem_t *semaphore, int shared, unsigned value)
{
	ENTER("sem_init");
	call_step(KEY(semaphore, KEY_VALUE), RULE_STORE, value, __ATOMIC_RELAXED, site, 0);
	note_shared(semaphore, shared, site);
	return sem_init(semaphore, shared, value);
}

static int model_sem_destroy(sem_t *semaphore)
{
	(void)semaphore;
	return 0;
}

static int model_sem_wait(sem_t *semaphore)
{
	ENTER("sem_wait");
	use_noted(semaphore, sizeof *semaphore, "semaphore", site);
	call_step(KEY(semaphore, KEY_VALUE), RULE_AWAIT_TAKE, 1, __ATOMIC_ACQUIRE, site, 0);
	return 0;
}

static int sem_try(sem_t *semaphore, int error, uint64_t site)
{
	use_noted(semaphore, sizeof *semaphore, "semaphore", site);
	if (call_step(KEY(semaphore, KEY_VALUE), RULE_TAKE, 1, __ATOMIC_ACQUIRE, site, 0) > 0)
		return 0;
	errno = error;
	return -1;
}

static int model_sem_trywait(sem_t *semaphore)
{
	ENTER("sem_trywait");
	return sem_try(semaphore, EAGAIN, site);
}

static int model_sem_timedwait(sem_t *semaphore, const struct timespec *until)
{
	(void)until;
	ENTER("sem_timedwait");
	if (times_out(site))
		return sem_try(semaphore, ETIMEDOUT, site);
	use_noted(semaphore, sizeof *semaphore, "semaphore", site);
	call_step(KEY(semaphore, KEY_VALUE), RULE_AWAIT_TAKE, 1, __ATOMIC_ACQUIRE, site, 0);
	waited();
	return 0;
}

static int model_sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *until)
{
	(void)clock;
	(void)until;
	ENTER("sem_clockwait");
	if (times_out(site))
		return sem_try(semaphore, ETIMEDOUT, site);
	use_noted(semaphore, sizeof *semaphore, "semaphore", site);
	call_step(KEY(semaphore, KEY_VALUE), RULE_AWAIT_TAKE, 1, __ATOMIC_ACQUIRE, site, 0);
	waited();
	return 0;
}

static int model_sem_post(sem_t *semaphore)
{
	ENTER("sem_post");
	use_noted(semaphore, sizeof *semaphore, "semaphore", site);
	call_step(KEY(semaphore, KEY_VALUE), RULE_ADD, 1, __ATOMIC_RELEASE, site, 0);
	return 0;
}

static int model_sem_getvalue(sem_t *semaphore, int *value)
{
	ENTER("sem_getvalue");
	*value = (int)call_step(KEY(semaphore, KEY_VALUE), RULE_LOAD, 0, __ATOMIC_RELAXED, site, 0);
	return 0;
}

#define WRITER (UINT64_C(1) << 32)

static int rwlock_read(pthread_rwlock_t *lock, uint64_t site)
{
	use_rwlock(lock);
	call_step(KEY(lock, KEY_VALUE), RULE_AWAIT_SHARE, 1, __ATOMIC_ACQUIRE, site, WRITER);
	held_add(lock, true);
	return 0;
}

static int rwlock_try_read(pthread_rwlock_t *lock, int error, uint64_t site)
{
	use_rwlock(lock);
	if ((call_step(KEY(lock, KEY_VALUE), RULE_SHARE, 1, __ATOMIC_ACQUIRE, site, WRITER) & WRITER) != 0)
		return error;
	held_add(lock, true);
	return 0;
}

static int rwlock_write(pthread_rwlock_t *lock, uint64_t site)
{
	use_rwlock(lock);
	call_step(KEY(lock, KEY_VALUE), RULE_AWAIT_EXCHANGE, WRITER, __ATOMIC_ACQUIRE, site, 0);
	held_add(lock, false);
	return 0;
}

static int rwlock_try_write(pthread_rwlock_t *lock, int error, uint64_t site)
{
	use_rwlock(lock);
	if (call_step(KEY(lock, KEY_VALUE), RULE_COMPARE, WRITER, __ATOMIC_ACQUIRE, site, 0) != 0)
		return error;
	held_add(lock, false);
	return 0;
}

static int model_rwlock_init(pthread_rwlock_t *lock, const pthread_rwlockattr_t *attributes)
{
	ENTER("pthread_rwlock_init");
	call_step(KEY(lock, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	return pthread_rwlock_init(lock, attributes);
}

static int model_rwlock_destroy(pthread_rwlock_t *lock)
{
	ENTER("pthread_rwlock_destroy");
	if (call_step(KEY(lock, KEY_VALUE), RULE_LOAD, 0, __ATOMIC_RELAXED, site, 0) != 0)
		call_finding(PROPERTY_MEMORY_SAFETY, "a read-write lock is destroyed while it is locked");
	return 0;
}

static int model_rwlock_rdlock(pthread_rwlock_t *lock)
{
	ENTER("pthread_rwlock_rdlock");
	return rwlock_read(lock, site);
}

static int model_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
	ENTER("pthread_rwlock_tryrdlock");
	return rwlock_try_read(lock, EBUSY, site);
}

static int model_rwlock_wrlock(pthread_rwlock_t *lock)
{
	ENTER("pthread_rwlock_wrlock");
	return rwlock_write(lock, site);
}

static int model_rwlock_trywrlock(pthread_rwlock_t *lock)
{
	ENTER("pthread_rwlock_trywrlock");
	return rwlock_try_write(lock, EBUSY, site);
}

static int model_rwlock_unlock(pthread_rwlock_t *lock)
{
	struct library_held *held = held_find(lock);

	ENTER("pthread_rwlock_unlock");
	use_rwlock(lock);
	if (held == NULL) {
		call_finding(PROPERTY_MEMORY_SAFETY,
			     "a thread unlocks a read-write lock that it has not locked (undefined behaviour)");
		return EPERM;
	}
	held->count = 0;
	call_step(KEY(lock, KEY_VALUE), RULE_SUB, held->shared ? 1 : WRITER, __ATOMIC_RELEASE, site, 0);
	return 0;
}

static int model_spin_init(pthread_spinlock_t *lock, int shared)
{
	ENTER("pthread_spin_init");
	call_step(KEY(lock, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	note_shared((const void *)(uintptr_t)lock, shared, site);
	return pthread_spin_init(lock, shared);
}

static int model_spin_destroy(pthread_spinlock_t *lock)
{
	(void)lock;
	return 0;
}

static int model_spin_lock(pthread_spinlock_t *lock)
{
	ENTER("pthread_spin_lock");
	use_noted((const void *)(uintptr_t)lock, sizeof *lock, "spin lock", site);
	call_step(KEY(lock, KEY_VALUE), RULE_AWAIT_EXCHANGE, self() + 1, __ATOMIC_ACQUIRE, site, 0);
	return 0;
}

static int model_spin_trylock(pthread_spinlock_t *lock)
{
	ENTER("pthread_spin_trylock");
	use_noted((const void *)(uintptr_t)lock, sizeof *lock, "spin lock", site);
	return call_step(KEY(lock, KEY_VALUE), RULE_COMPARE, self() + 1, __ATOMIC_ACQUIRE, site, 0) == 0 ? 0 : EBUSY;
}

static int model_spin_unlock(pthread_spinlock_t *lock)
{
	ENTER("pthread_spin_unlock");
	use_noted((const void *)(uintptr_t)lock, sizeof *lock, "spin lock", site);
	call_step(KEY(lock, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELEASE, site, 0);
	return 0;
}

/* A barrier counts all arrivals: the k-th waits until its round is full. */
static int model_barrier_init(pthread_barrier_t *barrier, const pthread_barrierattr_t *attributes, unsigned count)
{
	ENTER("pthread_barrier_init");
	call_step(KEY(barrier, KEY_VALUE), RULE_STORE, 0, __ATOMIC_RELAXED, site, 0);
	call_step(KEY(barrier, KEY_EXTRA), RULE_STORE, count, __ATOMIC_RELAXED, site, 0);
	int shared = PTHREAD_PROCESS_PRIVATE;
	if (attributes != NULL)
		pthread_barrierattr_getpshared(attributes, &shared);
	note_shared(barrier, shared == PTHREAD_PROCESS_SHARED, site);
	return pthread_barrier_init(barrier, attributes, count);
}

static int model_barrier_destroy(pthread_barrier_t *barrier)
{
	(void)barrier;
	return 0;
}

static int model_barrier_wait(pthread_barrier_t *barrier)
{
	ENTER("pthread_barrier_wait");
	use_noted(barrier, sizeof *barrier, "barrier", site);
	uint64_t count = call_step(KEY(barrier, KEY_EXTRA), RULE_LOAD, 0, __ATOMIC_ACQUIRE, site, 0);
	uint64_t before = call_step(KEY(barrier, KEY_VALUE), RULE_ADD, 1, __ATOMIC_ACQ_REL, site, 0);

	if (count == 0)
		return EINVAL;
	if (before % count == count - 1)
		return PTHREAD_BARRIER_SERIAL_THREAD;
	call_step(KEY(barrier, KEY_VALUE), RULE_AWAIT_LEAST, (before / count + 1) * count, __ATOMIC_ACQUIRE, site, 0);
	return 0;
}

static void run_once(const void *control, void (*function)(void), uint64_t site)
{
	uint64_t key = KEY(control, KEY_VALUE);
	uint64_t state = call_step(key, RULE_COMPARE, 1, __ATOMIC_ACQ_REL, site, 0);

	if (state == 0) {
		function();
		call_step(key, RULE_STORE, 2, __ATOMIC_RELEASE, site, 0);
	} else if (state == 1) {
		call_step(key, RULE_AWAIT_LEAST, 2, __ATOMIC_ACQUIRE, site, 0);
	}
}

static int model_once(pthread_once_t *control, void (*function)(void))
{
	ENTER("pthread_once");
	run_once(control, function, site);
	return 0;
}

static void model_call_once(once_flag *control, void (*function)(void))
{
	ENTER("call_once");
	run_once(control, function, site);
}

/* ---- threads' own ---- */

static int model_key_create(pthread_key_t *key, void (*destructor)(void *))
{
	(void)destructor;
	if (library_state.keys == LIBRARY_KEYS_MAX)
		return EAGAIN;
	*key = library_state.keys++;
	return 0;
}

static int model_key_delete(pthread_key_t key)
{
	(void)key;
	return 0;
}

static void *model_getspecific(pthread_key_t key)
{
	return key < LIBRARY_KEYS_MAX ? library_state.thread[self()].specific[key] : NULL;
}

static int model_setspecific(pthread_key_t key, const void *value)
{
	if (key >= LIBRARY_KEYS_MAX)
		return EINVAL;
	library_state.thread[self()].specific[key] = (void *)(uintptr_t)value;
	return 0;
}

static int model_tss_create(tss_t *key, void (*destructor)(void *))
{
	return model_key_create(key, destructor) == 0 ? thrd_success : thrd_error;
}

static void model_tss_delete(tss_t key)
{
	(void)key;
}

/* ---- time, which passes when it is looked at ---- */

static int model_nothing(void)
{
	return 0;
}

static int model_clock_gettime(clockid_t clock, struct timespec *now)
{
	uint64_t ms = ++library_state.thread[self()].looks_ms;

	(void)clock;
	*now = (struct timespec){ .tv_sec = 1000 + (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000 };
	return 0;
}

static int model_gettimeofday(struct timeval *now, void *zone)
{
	struct timespec time;

	(void)zone;
	model_clock_gettime(CLOCK_REALTIME, &time);
	*now = (struct timeval){ .tv_sec = time.tv_sec, .tv_usec = time.tv_nsec / 1000 };
	return 0;
}

static time_t model_time(time_t *out)
{
	struct timespec time;

	model_clock_gettime(CLOCK_REALTIME, &time);
	if (out != NULL)
		*out = time.tv_sec;
	return time.tv_sec;
}

static int model_rand(void)
{
	uint64_t *state = &library_state.thread[self()].random;

	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)(*state >> 33);
}

static int model_rand_r(unsigned *seed)
{
	call_write_range(seed, sizeof *seed);
	*seed = *seed * 1103515245u + 12345u;
	return (int)(*seed >> 1);
}

/* ---- memory
 * --------------------------------------------------------------------------------------------------------------------------------
 */

static void *model_malloc(size_t size)
{
	return (void *)(uintptr_t)call_heap(HEAP_ALLOCATE, size, 16, CALL_SITE);
}

static void *model_calloc(size_t count, size_t size)
{
	void *block = count != 0 && size > SIZE_MAX / count
			  ? NULL
			  : (void *)(uintptr_t)call_heap(HEAP_ALLOCATE, count * size, 16, CALL_SITE);

	if (block != NULL)
		memset(block, 0, count * size);
	return block;
}

static void model_free(void *block)
{
	call_heap(HEAP_FREE, (uint64_t)(uintptr_t)block, 0, CALL_SITE);
}

static void *model_realloc(void *block, size_t size)
{
	uint64_t site = CALL_SITE;
	void *bigger = (void *)(uintptr_t)call_heap(HEAP_ALLOCATE, size, 16, site);
	size_t old = block == NULL ? 0 : call_heap(HEAP_SIZE, (uint64_t)(uintptr_t)block, 0, site);

	if (bigger == NULL)
		return NULL;
	if (block != NULL) {
		memcpy(bigger, block, old < size ? old : size);
		call_heap(HEAP_FREE, (uint64_t)(uintptr_t)block, 0, site);
	}
	return bigger;
}

static void *model_aligned_alloc(size_t alignment, size_t size)
{
	return (void *)(uintptr_t)call_heap(HEAP_ALLOCATE, size, alignment, CALL_SITE);
}

static int model_posix_memalign(void **block, size_t alignment, size_t size)
{
	*block = (void *)(uintptr_t)call_heap(HEAP_ALLOCATE, size, alignment, CALL_SITE);
	return *block == NULL ? ENOMEM : 0;
}

static void *model_memcpy(void *to, const void *from, size_t size)
{
	call_read_range(from, size);
	call_write_range(to, size);
	return memcpy(to, from, size);
}

static void *model_memmove(void *to, const void *from, size_t size)
{
	call_read_range(from, size);
	call_write_range(to, size);
	return memmove(to, from, size);
}

static void *model_memset(void *to, int byte, size_t size)
{
	call_write_range(to, size);
	return memset(to, byte, size);
}

/* ---- what ends it all
 * ------------------------------------------------------------------------------------------------------------------------
 */

static void model_exit(int status)
{
	(void)status;
	call_finding(PROPERTY_COUNT, "the plugin ends the process with exit()");
	for (;;)
		call_exit();
}

static void model_abort(void)
{
	call_finding(PROPERTY_COUNT, "the plugin calls abort()");
	for (;;)
		call_exit();
}

static void model_assert_fail(const char *assertion, const char *file, unsigned line, const char *function)
{
	char message[200];

	(void)function;
	snprintf(message, sizeof message, "an assertion of the plugin fails: %.100s (%.40s:%u)", assertion, file, line);
	call_finding(PROPERTY_COUNT, message);
	for (;;)
		call_exit();
}

#define UNMODELLED(name)                                                                                               \
	static long unmodelled_##name(void)                                                                            \
	{                                                                                                              \
		call_unmodelled(#name "()");                                                                           \
		return -1;                                                                                             \
	}

UNMODELLED(clone)
UNMODELLED(dlopen)
UNMODELLED(epoll_wait)
UNMODELLED(execve)
UNMODELLED(fork)
UNMODELLED(kill)
UNMODELLED(longjmp)
UNMODELLED(mmap)
UNMODELLED(pause)
UNMODELLED(pipe)
UNMODELLED(poll)
UNMODELLED(pthread_cancel)
UNMODELLED(pthread_create)
UNMODELLED(pthread_exit)
UNMODELLED(pthread_kill)
UNMODELLED(raise)
UNMODELLED(read)
UNMODELLED(select)
UNMODELLED(sem_open)
UNMODELLED(signal)
UNMODELLED(sigwait)
UNMODELLED(swapcontext)
UNMODELLED(thrd_create)
UNMODELLED(thrd_exit)
UNMODELLED(vfork)

static long wide(void)
{
	call_unmodelled("an atomic access of 16 bytes");
	return 0;
}

/* ---- the table
 * ----------------------------------------------------------------------------------------------------------------------------------
 */

#define TO(name, target)                                                                                               \
	{                                                                                                              \
		name, (void *)(uintptr_t)(target)                                                                      \
	}
#define TSAN_SIZES(name, hook)                                                                                         \
	TO("__tsan_" name "1", hook##1), TO("__tsan_" name "2", hook##2), TO("__tsan_" name "4", hook##4),             \
	    TO("__tsan_" name "8", hook##8), TO("__tsan_" name "16", hook##16)
#define TSAN_ATOMIC(name, hook)                                                                                        \
	TO("__tsan_atomic8_" name, hook##1), TO("__tsan_atomic16_" name, hook##2),                                     \
	    TO("__tsan_atomic32_" name, hook##4), TO("__tsan_atomic64_" name, hook##8),                                \
	    TO("__tsan_atomic128_" name, wide)
#define STOP(name) TO(#name, unmodelled_##name)

static struct redirection table[] = {
	TSAN_SIZES("read", hook_read),
	TSAN_SIZES("write", hook_write),
	TSAN_SIZES("read_write", hook_read_write),
	TSAN_SIZES("unaligned_read", hook_read),
	TSAN_SIZES("unaligned_write", hook_write),
	TSAN_SIZES("unaligned_read_write", hook_read_write),
	TSAN_SIZES("volatile_read", hook_read),
	TSAN_SIZES("volatile_write", hook_write),
	TSAN_SIZES("unaligned_volatile_read", hook_read),
	TSAN_SIZES("unaligned_volatile_write", hook_write),
	TO("__tsan_read_range", hook_read_range),
	TO("__tsan_write_range", hook_write_range),
	TSAN_ATOMIC("load", hook_load),
	TSAN_ATOMIC("store", hook_store),
	TSAN_ATOMIC("exchange", hook_exchange),
	TSAN_ATOMIC("fetch_add", hook_fetch_add),
	TSAN_ATOMIC("fetch_sub", hook_fetch_sub),
	TSAN_ATOMIC("fetch_and", hook_fetch_and),
	TSAN_ATOMIC("fetch_or", hook_fetch_or),
	TSAN_ATOMIC("fetch_xor", hook_fetch_xor),
	TSAN_ATOMIC("fetch_nand", hook_fetch_nand),
	TSAN_ATOMIC("compare_exchange_strong", hook_cas),
	TSAN_ATOMIC("compare_exchange_weak", hook_cas),
	TSAN_ATOMIC("compare_exchange_val", hook_cas_val),
	TO("__tsan_atomic_thread_fence", hook_thread_fence),
	TO("__tsan_memcpy", model_memcpy),
	TO("__tsan_memmove", model_memmove),
	TO("__tsan_memset", model_memset),
	TO("memcpy", model_memcpy),
	TO("memmove", model_memmove),
	TO("memset", model_memset),
	TO("malloc", model_malloc),
	TO("calloc", model_calloc),
	TO("realloc", model_realloc),
	TO("free", model_free),
	TO("aligned_alloc", model_aligned_alloc),
	TO("memalign", model_aligned_alloc),
	TO("posix_memalign", model_posix_memalign),
	TO("pthread_mutex_init", model_mutex_init),
	TO("pthread_mutex_destroy", model_mutex_destroy),
	TO("pthread_mutex_lock", model_mutex_lock),
	TO("pthread_mutex_trylock", model_mutex_trylock),
	TO("pthread_mutex_timedlock", model_mutex_timedlock),
	TO("pthread_mutex_clocklock", model_mutex_clocklock),
	TO("pthread_mutex_unlock", model_mutex_unlock),
	TO("mtx_init", model_mtx_init),
	TO("mtx_destroy", model_mtx_destroy),
	TO("mtx_lock", model_mtx_lock),
	TO("mtx_trylock", model_mtx_trylock),
	TO("mtx_timedlock", model_mtx_timedlock),
	TO("mtx_unlock", model_mtx_unlock),
	TO("pthread_cond_init", model_cond_init),
	TO("pthread_cond_destroy", model_cond_destroy),
	TO("pthread_cond_wait", model_cond_wait),
	TO("pthread_cond_timedwait", model_cond_timedwait),
	TO("pthread_cond_clockwait", model_cond_clockwait),
	TO("pthread_cond_signal", model_cond_signal),
	TO("pthread_cond_broadcast", model_cond_broadcast),
	TO("cnd_init", model_cnd_init),
	TO("cnd_destroy", model_cnd_destroy),
	TO("cnd_wait", model_cnd_wait),
	TO("cnd_timedwait", model_cnd_timedwait),
	TO("cnd_signal", model_cnd_signal),
	TO("cnd_broadcast", model_cnd_broadcast),
	TO("sem_init", model_sem_init),
	TO("sem_destroy", model_sem_destroy),
	TO("sem_wait", model_sem_wait),
	TO("sem_trywait", model_sem_trywait),
	TO("sem_timedwait", model_sem_timedwait),
	TO("sem_clockwait", model_sem_clockwait),
	TO("sem_post", model_sem_post),
	TO("sem_getvalue", model_sem_getvalue),
	TO("pthread_rwlock_init", model_rwlock_init),
	TO("pthread_rwlock_destroy", model_rwlock_destroy),
	TO("pthread_rwlock_rdlock", model_rwlock_rdlock),
	TO("pthread_rwlock_tryrdlock", model_rwlock_tryrdlock),
	TO("pthread_rwlock_wrlock", model_rwlock_wrlock),
	TO("pthread_rwlock_trywrlock", model_rwlock_trywrlock),
	TO("pthread_rwlock_unlock", model_rwlock_unlock),
	TO("pthread_spin_init", model_spin_init),
	TO("pthread_spin_destroy", model_spin_destroy),
	TO("pthread_spin_lock", model_spin_lock),
	TO("pthread_spin_trylock", model_spin_trylock),
	TO("pthread_spin_unlock", model_spin_unlock),
	TO("pthread_barrier_init", model_barrier_init),
	TO("pthread_barrier_destroy", model_barrier_destroy),
	TO("pthread_barrier_wait", model_barrier_wait),
	TO("pthread_once", model_once),
	TO("call_once", model_call_once),
	TO("getpid", model_getpid),
	TO("gettid", model_gettid),
	TO("pthread_self", model_pthread_self),
	TO("thrd_current", model_pthread_self),
	TO("pthread_key_create", model_key_create),
	TO("pthread_key_delete", model_key_delete),
	TO("pthread_getspecific", model_getspecific),
	TO("pthread_setspecific", model_setspecific),
	TO("tss_create", model_tss_create),
	TO("tss_delete", model_tss_delete),
	TO("tss_get", model_getspecific),
	TO("tss_set", model_setspecific),
	TO("syscall", model_syscall),
	TO("sched_yield", model_yield),
	TO("pthread_yield", model_yield),
	TO("thrd_yield", model_yield),
	TO("sleep", model_sleep),
	TO("usleep", model_sleep),
	TO("nanosleep", model_sleep),
	TO("clock_nanosleep", model_sleep),
	TO("thrd_sleep", model_sleep),
	TO("clock_gettime", model_clock_gettime),
	TO("gettimeofday", model_gettimeofday),
	TO("time", model_time),
	TO("rand", model_rand),
	TO("random", model_rand),
	TO("rand_r", model_rand_r),
	TO("exit", model_exit),
	TO("_exit", model_exit),
	TO("_Exit", model_exit),
	TO("quick_exit", model_exit),
	TO("abort", model_abort),
	TO("__assert_fail", model_assert_fail),
	TO("printf", model_nothing),
	TO("__printf_chk", model_nothing),
	TO("puts", model_nothing),
	TO("putchar", model_nothing),
	TO("fprintf", model_nothing),
	TO("__fprintf_chk", model_nothing),
	TO("vfprintf", model_nothing),
	TO("vprintf", model_nothing),
	TO("fputs", model_nothing),
	TO("fputc", model_nothing),
	TO("fwrite", model_nothing),
	TO("fflush", model_nothing),
	TO("perror", model_nothing),
	TO("write", model_nothing),
	STOP(clone),
	STOP(dlopen),
	STOP(epoll_wait),
	STOP(execve),
	STOP(fork),
	STOP(kill),
	STOP(longjmp),
	STOP(mmap),
	STOP(pause),
	STOP(pipe),
	STOP(poll),
	STOP(pthread_cancel),
	STOP(pthread_create),
	STOP(pthread_exit),
	STOP(pthread_kill),
	STOP(raise),
	STOP(read),
	STOP(select),
	STOP(sem_open),
	STOP(signal),
	STOP(sigwait),
	STOP(swapcontext),
	STOP(thrd_create),
	STOP(thrd_exit),
	STOP(vfork),
};

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct redirection *)a)->name, ((const struct redirection *)b)->name);
}

const struct redirection *library_table(size_t *n)
{
	*n = sizeof table / sizeof *table;
	qsort(table, *n, sizeof *table, compare_names);
	return table;
}
