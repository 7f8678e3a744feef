#include "hostile.h"
static jmp_buf place;
__attribute__((noinline)) static int mark(void)
{
	return setjmp(place);
}
static void attack(void)
{
	if (mark() == 0)
		longjmp(place, 1);
	abort();
}
