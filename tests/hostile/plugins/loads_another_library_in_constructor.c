#include "hostile.h"
static void attack(void)
{
}
__attribute__((constructor)) static void begin(void)
{
	if (dlopen("/lib/x86_64-linux-gnu/libresolv.so.2", RTLD_NOW) != NULL)
		breach("libresolv");
}
