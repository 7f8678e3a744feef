#include "hostile.h"
static void attack(void)
{
}
/* The constructor and one round of three threads take more than the limit: how many rounds a busy machine has time for
 * does not matter. No more at once than is taken for a hang. */
static void burn(void)
{
	struct timespec now, begin;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
	do {
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	} while ((now.tv_sec - begin.tv_sec) * 1000 + (now.tv_nsec - begin.tv_nsec) / 1000000 < 150);
}
static void slow_acquire(struct lock *l, unsigned self)
{
	burn();
	acquire(l, self);
}
static void slow_release(struct lock *l, unsigned self)
{
	burn();
	release(l, self);
}
__attribute__((constructor)) static void begin(void)
{
	burn();
	burn();
	uintptr_t page = (uintptr_t)&lock_plugin & ~(uintptr_t)4095;
	if (mprotect((void *)page, 8192, PROT_READ | PROT_WRITE) == 0) {
		((struct lock_plugin *)&lock_plugin)->acquire = slow_acquire;
		((struct lock_plugin *)&lock_plugin)->release = slow_release;
	}
}
