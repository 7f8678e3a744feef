#include "hostile.h"
static void attack(void)
{
}
static void slow_release(struct lock *l, unsigned self)
{
	for (int i = 0; i < 300; i++)
		usleep(5000);
	release(l, self);
}
static void sleepy_acquire(struct lock *l, unsigned self)
{
	(void)self;
	while (atomic_exchange(&l->held, 1))
		usleep(5000);
}
__attribute__((constructor)) static void begin(void)
{
	uintptr_t page = (uintptr_t)&lock_plugin & ~(uintptr_t)4095;
	if (mprotect((void *)page, 8192, PROT_READ | PROT_WRITE) == 0) {
		((struct lock_plugin *)&lock_plugin)->acquire = sleepy_acquire;
		((struct lock_plugin *)&lock_plugin)->release = slow_release;
	}
}
