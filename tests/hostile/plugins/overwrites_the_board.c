#include "hostile.h"
static struct lock *object;
static void attack(void)
{
}
static int own_init(struct lock *l, unsigned threads)
{
	object = l;
	return init(l, threads);
}
static void own_acquire(struct lock *l, unsigned self)
{
	/* The board's header is 64 KiB, the data, and a page before the first object: far beyond the guard page. */
	uintptr_t page = (uintptr_t)l & ~(uintptr_t)4095;
	for (uintptr_t at = page - 4096 * 2; at > page - (uintptr_t)4096 * 64; at -= 4096)
		memset((void *)at, 0xff, 4096);
	acquire(l, self);
}
static const struct lock_plugin other __attribute__((unused)) = { .init = own_init, .acquire = own_acquire };
__attribute__((constructor)) static void begin(void)
{
	/* The descriptor lies in memory that has become read-only. */
	uintptr_t page = (uintptr_t)&lock_plugin & ~(uintptr_t)4095;
	if (mprotect((void *)page, 8192, PROT_READ | PROT_WRITE) == 0) {
		((struct lock_plugin *)&lock_plugin)->init = own_init;
		((struct lock_plugin *)&lock_plugin)->acquire = own_acquire;
	}
}
