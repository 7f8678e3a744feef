#include "hostile.h"
static void attack(void)
{
}
static void slow_release(struct lock *l, unsigned self)
{
	for (int i = 0; i < 100; i++)
		usleep(5000);
	release(l, self);
}
__attribute__((constructor)) static void begin(void)
{
	uintptr_t page = (uintptr_t)&lock_plugin & ~(uintptr_t)4095;
	if (mprotect((void *)page, 8192, PROT_READ | PROT_WRITE) == 0)
		((struct lock_plugin *)&lock_plugin)->release = slow_release;
}
