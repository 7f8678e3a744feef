#include "hostile.h"
static void attack(void)
{
	must_fail(daemon(0, 0), "daemon");
	must_fail(setsid(), "setsid");
	must_fail(setpgid(0, 0), "setpgid");
}
