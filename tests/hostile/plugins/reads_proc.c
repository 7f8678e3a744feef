#include "hostile.h"
static void attack(void)
{
	char path[64];
	try_to_read("/proc/self/maps");
	try_to_read("/proc/self/mem");
	try_to_read("/proc/version");
	snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)getppid());
	try_to_read(path);
}
