#include "hostile.h"
static void attack(void)
{
	char garbage[64];
	memset(garbage, 0x5a, sizeof(garbage));
	if (send(3, garbage, sizeof(garbage), 0) < 0)
		printf("%s\n", strerror(errno));
	pause();
}
