#include "hostile.h"
#include <sys/fsuid.h>
static void attack(void)
{
	if (getuid() == 0 || geteuid() == 0)
		breach("it is root");
	must_fail(setuid(0), "setuid");
	must_fail(setgid(0), "setgid");
	must_fail(setresuid(0, 0, 0), "setresuid");
	must_fail(setfsuid(0) == -1 ? -1 : 0, "setfsuid");
}
