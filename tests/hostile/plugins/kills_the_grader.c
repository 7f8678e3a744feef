#include "hostile.h"
static void attack(void)
{
	must_fail(kill(getppid(), SIGKILL), "kill the grader");
	must_fail(kill(-1, SIGKILL), "kill everybody");
	must_fail(kill(0, SIGKILL), "kill its group");
	must_fail(kill(1, SIGKILL), "kill init");
	for (pid_t pid = 1; pid < 300; pid++) {
		if (pid != getpid())
			must_fail(kill(pid, 0), "see a process");
	}
	must_fail(syscall(SYS_tgkill, 1, 1, SIGKILL), "tgkill");
	must_fail(syscall(SYS_tkill, 1, SIGKILL), "tkill");
	must_fail(syscall(SYS_pidfd_open, getppid(), 0), "pidfd_open");
}
