#include "hostile.h"
static void attack(void)
{
	must_fail(syscall(0x40000000 | SYS_getpid), "x32 getpid");
}
