#include "hostile.h"
static void attack(void)
{
	static const int resources[] = { RLIMIT_CPU, RLIMIT_DATA, RLIMIT_FSIZE, RLIMIT_NOFILE, RLIMIT_CORE };
	for (unsigned i = 0; i < sizeof(resources) / sizeof(resources[0]); i++) {
		struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
		must_fail(setrlimit(resources[i], &all), "setrlimit");
	}
	must_fail(setpriority(PRIO_PROCESS, 0, -5), "setpriority");
	struct sched_param realtime = { .sched_priority = 1 };
	must_fail(sched_setscheduler(0, SCHED_FIFO, &realtime), "sched_setscheduler");
}
