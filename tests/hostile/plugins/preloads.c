#include "hostile.h"
static void attack(void)
{
	char *argv[] = { "syncgrade-worker", NULL }, *environment[] = { "LD_PRELOAD=./submission.so", NULL };
	must_fail(execve("/proc/self/exe", argv, environment), "execve of itself");
	must_fail(execve("/lib64/ld-linux-x86-64.so.2", argv, environment), "execve of the loader");
}
