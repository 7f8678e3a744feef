#include "hostile.h"
static void attack(void)
{
	must_fail(prctl(PR_SET_PDEATHSIG, 0), "PR_SET_PDEATHSIG");
	must_fail(prctl(PR_SET_DUMPABLE, 0), "PR_SET_DUMPABLE");
	must_fail(prctl(PR_SET_CHILD_SUBREAPER, 1), "PR_SET_CHILD_SUBREAPER");
	must_fail(prctl(PR_SET_SECCOMP, 1, 0, 0, 0), "PR_SET_SECCOMP");
	must_fail(prctl(PR_SET_MM, 1, 0, 0, 0), "PR_SET_MM");
}
