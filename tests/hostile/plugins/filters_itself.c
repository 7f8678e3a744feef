#include "hostile.h"
#include <linux/filter.h>
#include <linux/seccomp.h>
static void attack(void)
{
	struct sock_filter kill_all = { BPF_RET | BPF_K, 0, 0, SECCOMP_RET_KILL_PROCESS };
	struct sock_fprog program = { 1, &kill_all };
	syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}
