#include "hostile.h"
static void attack(void)
{
	if (syscall(4000) != -1 || errno != ENOSYS)
		breach("4000 is not ENOSYS");
}
