#include "hostile.h"
static void attack(void)
{
	long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
	if (pid == 0)
		_exit(0);
	must_fail(pid, "clone");
	pid = syscall(SYS_fork);
	if (pid == 0)
		_exit(0);
	must_fail(pid, "fork, raw");
}
