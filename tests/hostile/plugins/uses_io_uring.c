#include "hostile.h"
static void attack(void)
{
	unsigned char parameters[256] = { 0 };
	must_fail(syscall(SYS_io_uring_setup, 8, parameters), "io_uring_setup");
	must_fail(syscall(SYS_bpf, 0, parameters, sizeof(parameters)), "bpf");
	must_fail(syscall(SYS_userfaultfd, 1), "userfaultfd");
	must_fail(syscall(SYS_perf_event_open, parameters, 0, -1, -1, 0), "perf_event_open");
}
