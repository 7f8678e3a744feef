#include "hostile.h"
static void attack(void)
{
}
static void slow_release(struct lock *l, unsigned self)
{
	struct timespec now, end;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
	do {
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	} while ((now.tv_sec - end.tv_sec) * 1000 + (now.tv_nsec - end.tv_nsec) / 1000000 < 150);
	release(l, self);
}
__attribute__((constructor)) static void begin(void)
{
	uintptr_t page = (uintptr_t)&lock_plugin & ~(uintptr_t)4095;
	if (mprotect((void *)page, 8192, PROT_READ | PROT_WRITE) == 0)
		((struct lock_plugin *)&lock_plugin)->release = slow_release;
}
