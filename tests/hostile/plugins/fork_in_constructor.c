#include "hostile.h"
static void attack(void)
{
}
__attribute__((constructor)) static void begin(void)
{
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	must_fail(pid, "fork in a constructor");
}
