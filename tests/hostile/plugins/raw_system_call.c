#include "hostile.h"
static long raw(long number, long a, long b, long c)
{
	long result;
	__asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
	return result;
}
static void attack(void)
{
	must_fail(raw(SYS_open, (long)SECRET, O_RDONLY, 0), "open");
	must_fail(raw(SYS_socket, AF_INET, SOCK_STREAM, 0), "socket");
	must_fail(raw(SYS_fork, 0, 0, 0), "fork");
	must_fail(raw(SYS_kill, getppid(), SIGKILL, 0), "kill");
}
