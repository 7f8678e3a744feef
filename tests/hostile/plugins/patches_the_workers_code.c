#include "hostile.h"
static void attack(void)
{
	uintptr_t page = (uintptr_t)__builtin_return_address(0) & ~(uintptr_t)4095;
	mprotect((void *)page, 4096, PROT_READ | PROT_WRITE);
	memset((void *)page, 0x90, 4096);
	mprotect((void *)page, 4096, PROT_READ | PROT_EXEC);
}
