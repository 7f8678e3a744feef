#include "hostile.h"
static void attack(void)
{
	char line[4096];
	memset(line, 'x', sizeof(line));
	for (;;)
		if (write(1, line, sizeof(line)) < 0)
			abort();
}
