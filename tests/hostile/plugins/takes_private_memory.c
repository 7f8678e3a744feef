#include "hostile.h"
static void attack(void)
{
	size_t total = 0;
	for (void *block; (block = malloc(1 << 20)) != NULL; total += 1 << 20) {
		memset(block, 1, 1 << 20);
		if (total > (size_t)512 << 20) {
			breach("512 MiB");
			return;
		}
	}
}
