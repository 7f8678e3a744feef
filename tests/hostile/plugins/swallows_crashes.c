#include "hostile.h"
static void again(int number)
{
	(void)number;
}
static void attack(void)
{
	signal(SIGSEGV, again);
	*(volatile int *)0 = 1;
}
