#include "hostile.h"
static void late(void)
{
	breach("an atexit handler was run");
}
static void attack(void)
{
	atexit(late);
}
