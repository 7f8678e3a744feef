/* Time, which passes when it is looked at; and numbers at random, each thread's own. */
#include "own.h"

#include <sys/time.h>

struct timespec clock_now(void)
{
	uint64_t ms = ++library_state.thread[self()].looks_ms;

	return (struct timespec){ .tv_sec = CLOCK_BEGIN_SECONDS + (time_t)(ms / 1000),
				  .tv_nsec = (long)(ms % 1000) * 1000000 };
}

static int model_clock_gettime(clockid_t which, struct timespec *now)
{
	(void)which;
	*now = clock_now();
	return 0;
}

static int model_gettimeofday(struct timeval *now)
{
	struct timespec time = clock_now();

	*now = (struct timeval){ .tv_sec = time.tv_sec, .tv_usec = time.tv_nsec / 1000 };
	return 0;
}

static time_t model_time(time_t *out)
{
	struct timespec time = clock_now();

	if (out != NULL)
		*out = time.tv_sec;
	return time.tv_sec;
}

/* clock(): microseconds; std::chrono's: nanoseconds. */
static long model_clock(void)
{
	struct timespec time = clock_now();

	return time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static long model_chrono(void)
{
	struct timespec time = clock_now();

	return time.tv_sec * 1000000000 + time.tv_nsec;
}

static int model_rand(void)
{
	uint64_t *state = &library_state.thread[self()].random;

	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)(*state >> 33);
}

static void model_srand(unsigned seed)
{
	library_state.thread[self()].random = seed;
}

static int model_rand_r(unsigned *seed)
{
	call_write_range(seed, sizeof *seed);
	*seed = *seed * 1103515245u + 12345u;
	return (int)(*seed >> 1);
}

CALLS(clock) = {
	TO("clock_gettime", model_clock_gettime),
	TO("gettimeofday", model_gettimeofday),
	TO("time", model_time),
	TO("clock", model_clock),
	TO("_ZNSt6chrono3_V212steady_clock3nowEv", model_chrono),
	TO("_ZNSt6chrono3_V212system_clock3nowEv", model_chrono),
	TO("rand", model_rand),
	TO("random", model_rand),
	TO("srand", model_srand),
	TO("srandom", model_srand),
	TO("rand_r", model_rand_r),
	NO_MORE,
};
