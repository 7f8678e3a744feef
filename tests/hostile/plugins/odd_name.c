#include "hostile.h"
static void attack(void)
{
	prctl(PR_SET_NAME, ") R 1 1 (\n");
}
