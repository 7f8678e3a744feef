/* Waiting until a time of a clock that the caller names, for ThreadSanitizer: gcc 12's libtsan knows
 * pthread_cond_clockwait() alone of these, so that a correct std::timed_mutex or std::shared_timed_mutex would be full
 * of data races. A plugin's calls come here first (the program's own symbols win), and go on as those that it knows,
 * until the same moment of CLOCK_REALTIME. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <time.h>

#define EXPORTED __attribute__((visibility("default"), used))
#define SECOND 1000000000L

/* Of a time that is none of a clock's, the call that goes on makes the error. */
static bool in_real_time(clockid_t clock, const struct timespec *until, struct timespec *real)
{
	struct timespec now;

	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return false;
	*real = *until;
	if (clock == CLOCK_REALTIME || until->tv_nsec < 0 || until->tv_nsec >= SECOND)
		return true;
	clock_gettime(CLOCK_MONOTONIC, &now);
	real->tv_sec -= now.tv_sec;
	real->tv_nsec -= now.tv_nsec;
	clock_gettime(CLOCK_REALTIME, &now);
	real->tv_sec += now.tv_sec;
	real->tv_nsec += now.tv_nsec;
	for (; real->tv_nsec < 0; real->tv_nsec += SECOND)
		real->tv_sec--;
	for (; real->tv_nsec >= SECOND; real->tv_nsec -= SECOND)
		real->tv_sec++;
	return true;
}

EXPORTED int pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *until)
{
	struct timespec real;

	return in_real_time(clock, until, &real) ? pthread_mutex_timedlock(mutex, &real) : EINVAL;
}

EXPORTED int pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock, const struct timespec *until)
{
	struct timespec real;

	return in_real_time(clock, until, &real) ? pthread_rwlock_timedrdlock(lock, &real) : EINVAL;
}

EXPORTED int pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock, const struct timespec *until)
{
	struct timespec real;

	return in_real_time(clock, until, &real) ? pthread_rwlock_timedwrlock(lock, &real) : EINVAL;
}

EXPORTED int sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *until)
{
	struct timespec real;

	if (in_real_time(clock, until, &real))
		return sem_timedwait(semaphore, &real);
	errno = EINVAL;
	return -1;
}
