/* C11's mutexes and condition variables, for ThreadSanitizer: gcc 12's libtsan knows only POSIX's, so that a correct
 * lock on an mtx_t would be full of data races. A plugin's calls come here first (the program's own symbols win), and
 * go on as the POSIX calls that glibc makes of them anyway: mtx_t is a pthread_mutex_t, cnd_t a pthread_cond_t (glibc,
 * nptl/). */
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <threads.h>
#include <time.h>

#define EXPORTED __attribute__((visibility("default"), used))

_Static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t), "one behind the other");
_Static_assert(sizeof(cnd_t) == sizeof(pthread_cond_t), "one behind the other");

static pthread_mutex_t *mutex_of(mtx_t *mutex)
{
	return (pthread_mutex_t *)(void *)mutex;
}

static pthread_cond_t *condition_of(cnd_t *condition)
{
	return (pthread_cond_t *)(void *)condition;
}

static int c11_result(int error)
{
	switch (error) {
	case 0:
		return thrd_success;
	case ENOMEM:
		return thrd_nomem;
	case EBUSY:
		return thrd_busy;
	case ETIMEDOUT:
		return thrd_timedout;
	default:
		return thrd_error;
	}
}

EXPORTED int mtx_init(mtx_t *mutex, int type)
{
	pthread_mutexattr_t attributes;
	int error = pthread_mutexattr_init(&attributes);
	if (error != 0)
		return c11_result(error);
	pthread_mutexattr_settype(&attributes,
				  (type & mtx_recursive) != 0 ? PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL);
	error = pthread_mutex_init(mutex_of(mutex), &attributes);
	pthread_mutexattr_destroy(&attributes);
	return c11_result(error);
}

EXPORTED int mtx_lock(mtx_t *mutex)
{
	return c11_result(pthread_mutex_lock(mutex_of(mutex)));
}

EXPORTED int mtx_trylock(mtx_t *mutex)
{
	return c11_result(pthread_mutex_trylock(mutex_of(mutex)));
}

EXPORTED int mtx_timedlock(mtx_t *restrict mutex, const struct timespec *restrict deadline)
{
	return c11_result(pthread_mutex_timedlock(mutex_of(mutex), deadline));
}

EXPORTED int mtx_unlock(mtx_t *mutex)
{
	return c11_result(pthread_mutex_unlock(mutex_of(mutex)));
}

EXPORTED void mtx_destroy(mtx_t *mutex)
{
	pthread_mutex_destroy(mutex_of(mutex));
}

EXPORTED int cnd_init(cnd_t *condition)
{
	return c11_result(pthread_cond_init(condition_of(condition), NULL));
}

EXPORTED int cnd_wait(cnd_t *condition, mtx_t *mutex)
{
	return c11_result(pthread_cond_wait(condition_of(condition), mutex_of(mutex)));
}

EXPORTED int cnd_timedwait(cnd_t *restrict condition, mtx_t *restrict mutex, const struct timespec *restrict deadline)
{
	return c11_result(pthread_cond_timedwait(condition_of(condition), mutex_of(mutex), deadline));
}

EXPORTED int cnd_signal(cnd_t *condition)
{
	return c11_result(pthread_cond_signal(condition_of(condition)));
}

EXPORTED int cnd_broadcast(cnd_t *condition)
{
	return c11_result(pthread_cond_broadcast(condition_of(condition)));
}

EXPORTED void cnd_destroy(cnd_t *condition)
{
	pthread_cond_destroy(condition_of(condition));
}

EXPORTED void call_once(once_flag *flag, void (*function)(void))
{
	pthread_once((pthread_once_t *)(void *)flag, function);
}
