#include "hostile.h"
static void attack(void)
{
	must_fail(prctl(PR_SET_PDEATHSIG, 0), "PR_SET_PDEATHSIG");
	must_fail(prctl(PR_SET_PDEATHSIG, SIGKILL), "PR_SET_PDEATHSIG, as before");
	must_fail(setsid(), "setsid");
	must_fail(setpgid(0, 0), "setpgid");
}
