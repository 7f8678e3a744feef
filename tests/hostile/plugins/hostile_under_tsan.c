#include "hostile.h"
static void attack(void)
{
	pid_t pid = (pid_t)syscall(SYS_fork);
	if (pid == 0)
		_exit(0);
	must_fail(pid, "fork");
	must_fail(socket(AF_INET, SOCK_DGRAM, 0), "socket");
	try_to_read(SECRET);
	must_fail(open("left", O_WRONLY | O_CREAT, 0600), "a file");
}
