#include "hostile.h"
static void attack(void)
{
	union sigval value = { 0 };
	timer_t timer;
	must_fail(sigqueue(getppid(), SIGUSR1, value), "sigqueue");
	must_fail(timer_create(CLOCK_MONOTONIC, NULL, &timer), "timer_create");
	must_fail(syscall(SYS_setitimer, 0, &(struct timespec[2]){ { 0, 1 }, { 0, 1 } }, NULL), "a real timer");
}
