#include "hostile.h"
static char room[1ul << 33];
static void attack(void)
{
	memset(room, 1, sizeof(room));
}
