#include "hostile.h"
static _Thread_local char room[1u << 30];
static void attack(void)
{
	memset(room, 1, sizeof(room));
}
