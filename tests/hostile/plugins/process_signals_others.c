#include "hostile.h"
static void attack(void)
{
	pid_t parent = getppid(), self = getpid();
	must_fail(kill(parent, SIGKILL), "kill the worker");
	must_fail(syscall(SYS_tgkill, parent, parent, SIGABRT), "abort the worker");
	must_fail(kill(-1, SIGKILL), "kill everybody");
	must_fail(kill(0, SIGKILL), "kill its group");
	for (pid_t pid = 1; pid < 300; pid++) {
		if (pid == self)
			continue;
		must_fail(kill(pid, 0), "see a process");
		must_fail(syscall(SYS_tgkill, pid, pid, SIGABRT), "abort a process");
	}
}
