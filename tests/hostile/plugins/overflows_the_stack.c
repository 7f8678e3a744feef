#include "hostile.h"
__attribute__((noinline)) static int deeper(volatile int *above)
{
	volatile int here[256];
	here[0] = *above + 1;
	return deeper(here) + here[0];
}
static void attack(void)
{
	volatile int begin = 0;
	deeper(&begin);
}
