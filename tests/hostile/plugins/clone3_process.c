#include "hostile.h"
#include <linux/sched.h>
static void attack(void)
{
	struct clone_args args = { .exit_signal = SIGCHLD };
	long pid = syscall(SYS_clone3, &args, sizeof(args));
	if (pid == 0)
		_exit(0);
	must_fail(pid, "clone3");
	if (errno != ENOSYS)
		breach("clone3 is not ENOSYS");
}
