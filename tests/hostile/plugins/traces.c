#include "hostile.h"
#include <sys/ptrace.h>
#include <sys/uio.h>
static void attack(void)
{
	char byte;
	struct iovec here = { &byte, 1 }, there = { (void *)0x400000, 1 };
	must_fail(ptrace(PTRACE_TRACEME, 0, NULL, NULL), "ptrace(TRACEME)");
	must_fail(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL), "ptrace(ATTACH)");
	must_fail(ptrace(PTRACE_SEIZE, 1, NULL, NULL), "ptrace(SEIZE)");
	must_fail(process_vm_readv(getppid(), &here, 1, &there, 1, 0), "process_vm_readv");
	must_fail(process_vm_readv(1, &here, 1, &there, 1, 0), "process_vm_readv of init");
	must_fail(process_vm_writev(getpid(), &here, 1, &there, 1, 0), "process_vm_writev");
}
