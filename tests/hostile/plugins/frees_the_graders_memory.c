#include "hostile.h"
static void attack(void)
{
	uintptr_t page = (uintptr_t)__builtin_frame_address(0) & ~(uintptr_t)4095;
	munmap((void *)(page - (8 << 20)), 64 << 20);
}
