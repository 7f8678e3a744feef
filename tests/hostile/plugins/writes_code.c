#include "hostile.h"
static void attack(void)
{
	uintptr_t page = (uintptr_t)&attack & ~(uintptr_t)4095;
	must_fail(mprotect((void *)page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC), "mprotect to RWX");
	must_fail(mprotect((void *)page, 4096, PROT_READ | PROT_EXEC), "mprotect to executable");
	must_fail((intptr_t)mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
			  -1
		      ? -1
		      : 0,
		  "mmap RWX");
	must_fail((intptr_t)mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == -1 ? -1 : 0,
		  "mmap of new code");
}
