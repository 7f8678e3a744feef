#include "hostile.h"
static void attack(void)
{
}
__attribute__((constructor)) static void begin(void)
{
	for (;;)
		usleep(100000);
}
