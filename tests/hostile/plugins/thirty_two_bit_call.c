#include "hostile.h"
static void attack(void)
{
	long result;
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory");
	if (result > 0)
		breach("getpid by int 0x80");
}
