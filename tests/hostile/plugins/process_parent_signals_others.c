#define ATTACK_INSIDE "init"
#include "hostile.h"
static void attack(void)
{
	pid_t self = getpid();
	must_fail(kill(getppid(), SIGKILL), "kill the grader");
	must_fail(syscall(SYS_tgkill, getppid(), getppid(), SIGABRT), "abort the grader");
	must_fail(prctl(PR_SET_PDEATHSIG, 0), "PR_SET_PDEATHSIG");
	for (pid_t pid = 1; pid < 300; pid++) {
		if (pid != self)
			must_fail(kill(pid, 0), "see a process");
	}
}
