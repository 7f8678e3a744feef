#include "hostile.h"
static void attack(void)
{
	if (dlopen("libstdc++.so.6", RTLD_NOW) != NULL)
		breach("libstdc++");
	if (dlopen("/lib/x86_64-linux-gnu/libresolv.so.2", RTLD_NOW) != NULL)
		breach("libresolv");
}
