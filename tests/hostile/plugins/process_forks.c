#include "hostile.h"
static void attack(void)
{
	for (int i = 0; i < 50; i++) {
		pid_t pid = fork();
		if (pid == 0)
			for (;;)
				pause();
		must_fail(pid, "fork");
	}
	must_fail(vfork(), "vfork");
	must_fail(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0), "clone");
	must_fail(syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0), "clone with the same parent");
}
