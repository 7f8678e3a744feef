#include "hostile.h"
static void attack(void)
{
	execl("/bin/sh", "sh", "-c", "echo BREACH: a shell", (char *)NULL);
	execl("/usr/bin/true", "true", (char *)NULL);
	syscall(SYS_execveat, 0, "", NULL, NULL, 0x1000);
}
