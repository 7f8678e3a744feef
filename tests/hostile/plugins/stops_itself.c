#include "hostile.h"
static void attack(void)
{
	raise(SIGSTOP);
}
