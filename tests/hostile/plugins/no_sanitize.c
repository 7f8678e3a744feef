#include "hostile.h"
static int counter;
__attribute__((no_sanitize("thread"), noinline)) static void attack(void)
{
	counter++;
}
