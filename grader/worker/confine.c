/* A list of what is allowed; the rest gets EPERM, and system calls newer than the list ENOSYS, so that the C library
 * falls back to what it knows. Written by hand rather than by libseccomp, which this process would have to load. */
#include "confine.h"

#include <asm/prctl.h>
#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "wire.h"

#define X32_BIT 0x40000000u
#define NUMBERS_KNOWN 335u /* up to rseq: what Linux had before it numbered all architectures alike (from 424) */

enum { INSTRUCTIONS_MAX = 1024 };

/* A system call, allowed where (argument & mask) == value. Only the lower half of an argument is looked at: all that
 * are named here are int, or flags in it. */
struct rule {
	int number;
	int argument; /* -1: any */
	uint32_t mask, value;
};

#define ANY(name)                                                                                                      \
	{                                                                                                              \
		SYS_##name, -1, 0, 0                                                                                   \
	}
#define ONLY(name, argument, value)                                                                                    \
	{                                                                                                              \
		SYS_##name, argument, UINT32_MAX, value                                                                \
	}
#define WHERE(name, argument, mask, value)                                                                             \
	{                                                                                                              \
		SYS_##name, argument, mask, value                                                                      \
	}
#define OPEN_WRITES ((uint32_t)(O_ACCMODE | O_CREAT | O_TRUNC | O_TMPFILE | O_PATH))

/* What is called most comes first. */
static const struct rule rules[] = {
	ANY(futex),
	ANY(sched_yield),
	ANY(clock_gettime),
	ANY(clock_nanosleep),
	ANY(nanosleep),
	WHERE(mprotect, 2, PROT_EXEC, 0),
	/* Code comes from files only; nothing is writable and executable. */
	WHERE(mmap, 2, PROT_EXEC, 0),
	WHERE(mmap, 2, PROT_EXEC | PROT_WRITE, PROT_EXEC),
	ANY(munmap),
	ANY(mremap),
	ANY(brk),
	ANY(mincore),
	ONLY(madvise, 2, MADV_DONTNEED),
	ONLY(madvise, 2, MADV_FREE),
	ONLY(madvise, 2, MADV_NORMAL),
	ONLY(madvise, 2, MADV_WILLNEED),
	ONLY(madvise, 2, MADV_HUGEPAGE),
	ONLY(madvise, 2, MADV_NOHUGEPAGE),
	ONLY(madvise, 2, MADV_DONTDUMP),
	ONLY(madvise, 2, MADV_DODUMP),
	ANY(rt_sigaction),
	ANY(rt_sigprocmask),
	ANY(rt_sigreturn),
	ANY(rt_sigpending),
	ANY(rt_sigsuspend),
	ANY(rt_sigtimedwait),
	ANY(sigaltstack),
	ANY(pause),
	ANY(restart_syscall),
	ANY(gettid),
	ANY(getpid),
	ANY(getppid),
	ANY(getuid),
	ANY(geteuid),
	ANY(getgid),
	ANY(getegid),
	ANY(getpgrp),
	ANY(getcpu),
	ANY(gettimeofday),
	ANY(time),
	ANY(times),
	ANY(clock_getres),
	ANY(getrusage),
	ANY(getrlimit),
	ANY(getrandom),
	ANY(uname),
	ANY(sysinfo),
	ANY(getcwd),
	ANY(sched_getaffinity),
	ANY(sched_getparam),
	ANY(sched_getscheduler),
	ANY(sched_get_priority_max),
	ANY(sched_get_priority_min),
	ANY(membarrier),
	ANY(rseq),
	ANY(set_robust_list),
	ANY(set_tid_address),
	/* Threads, not processes; clone3 cannot be looked into, so the C library is to fall back to this. */
	WHERE(clone, 0, CLONE_THREAD, CLONE_THREAD),
	ANY(exit),
	ANY(exit_group),
	ONLY(arch_prctl, 0, ARCH_SET_FS),
	ONLY(arch_prctl, 0, ARCH_GET_FS),
	ONLY(prctl, 0, PR_SET_NAME),
	ONLY(prctl, 0, PR_GET_NAME),
	ONLY(prctl, 0, PR_SET_VMA),
	ONLY(prlimit64, 0, 0),
	/* The explorer's watchdog. */
	ONLY(setitimer, 0, ITIMER_VIRTUAL),
	/* Output, /dev/null, and the wire. */
	ONLY(write, 0, 0),
	ONLY(write, 0, 1),
	ONLY(write, 0, 2),
	ONLY(writev, 0, 1),
	ONLY(writev, 0, 2),
	ONLY(sendto, 0, WIRE_FD),
	ONLY(recvfrom, 0, WIRE_FD),
	ANY(read),
	ANY(readv),
	ANY(pread64),
	ANY(lseek),
	ANY(close),
	ANY(poll),
	ANY(ppoll),
	ANY(select),
	ANY(pselect6),
	ONLY(ioctl, 1, TCGETS),
	ONLY(fcntl, 1, F_GETFD),
	ONLY(fcntl, 1, F_GETFL),
	WHERE(openat, 2, OPEN_WRITES, O_RDONLY),
	WHERE(open, 1, OPEN_WRITES, O_RDONLY),
	ANY(fstat),
	ANY(stat),
	ANY(lstat),
	ANY(newfstatat),
	ANY(statx),
	ANY(access),
	ANY(faccessat),
	ANY(faccessat2),
	ANY(readlink),
	ANY(readlinkat),
	/* For confine_after_load(). More filters only take more away. */
	ONLY(seccomp, 0, SECCOMP_SET_MODE_FILTER),
};

/* What fork() of the C library asks for: all of this, and nothing else. */
#define FORK_FLAGS ((uint32_t)(CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD))

/* For a worker whose trials are made of processes. That it may send SIGABRT to others is for its processes' abort(): a
 * filter cannot name a process that is not there yet; each takes back what is too much (refused_in_process). */
static const struct rule rules_for_processes[] = {
	ONLY(clone, 0, FORK_FLAGS),
	ANY(wait4),
	ONLY(tgkill, 2, SIGABRT),
};

/* In a trial's process: it makes no others. */
static const struct rule refused_in_process[] = {
	WHERE(clone, 0, CLONE_THREAD, 0),
	ONLY(prctl, 0, PR_SET_PDEATHSIG),
	ANY(tgkill),
	ANY(kill),
};

/* What a loaded plugin is refused that its loader was not. */
static const struct rule refused_after_load[] = {
	ANY(open),
	ANY(openat),
	ANY(openat2),
	WHERE(mmap, 2, PROT_EXEC, PROT_EXEC),
};

struct program {
	struct sock_filter code[INSTRUCTIONS_MAX];
	unsigned short length;
};

static void add(struct program *program, unsigned code, uint32_t k, unsigned jump_true, unsigned jump_false)
{
	/* Too long a program is refused by the kernel's checker: it does not end with a return. */
	if (program->length < INSTRUCTIONS_MAX)
		program->code[program->length++] = (struct sock_filter){
			.code = (uint16_t)code,
			.jt = (uint8_t)jump_true,
			.jf = (uint8_t)jump_false,
			.k = k,
		};
}

static void load_word(struct program *program, size_t offset)
{
	add(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void add_return(struct program *program, uint32_t action)
{
	add(program, BPF_RET | BPF_K, action, 0, 0);
}

static void add_rule(struct program *program, const struct rule *rule, uint32_t action)
{
	uint32_t number = (uint32_t)rule->number;
	if (rule->argument < 0) {
		add(program, BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1);
		add_return(program, action);
		return;
	}
	add(program, BPF_JMP | BPF_JEQ | BPF_K, number, 0, 5);
	load_word(program, offsetof(struct seccomp_data, args) + 8u * (unsigned)rule->argument);
	add(program, BPF_ALU | BPF_AND | BPF_K, rule->mask, 0, 0);
	add(program, BPF_JMP | BPF_JEQ | BPF_K, rule->value, 0, 1);
	add_return(program, action);
	load_word(program, offsetof(struct seccomp_data, nr));
}

/* prctl(PR_SET_PDEATHSIG, SIGKILL) and no other signal: whoever asks for it can only die sooner. */
static void add_death_with_parent(struct program *program)
{
	add(program, BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 6);
	load_word(program, offsetof(struct seccomp_data, args));
	add(program, BPF_JMP | BPF_JEQ | BPF_K, PR_SET_PDEATHSIG, 0, 3);
	load_word(program, offsetof(struct seccomp_data, args) + 8u);
	add(program, BPF_JMP | BPF_JEQ | BPF_K, SIGKILL, 0, 1);
	add_return(program, SECCOMP_RET_ALLOW);
	load_word(program, offsetof(struct seccomp_data, nr));
}

static void add_rules(struct program *program, const struct rule *rule, size_t n, uint32_t action)
{
	for (size_t i = 0; i < n; i++)
		add_rule(program, &rule[i], action);
}

/* Nobody ends by a SIGKILL of his own: whoever is killed so was killed from outside, and that is no plugin's fault. */
static void add_no_sigkill(struct program *program)
{
	static const struct rule kills[] = { ONLY(kill, 1, SIGKILL), ONLY(tgkill, 2, SIGKILL),
					     ONLY(tkill, 1, SIGKILL) };
	add_rules(program, kills, sizeof(kills) / sizeof(kills[0]), SECCOMP_RET_ERRNO | EPERM);
}

/* A process may signal itself. */
static void add_own_signals(struct program *program)
{
	uint32_t self = (uint32_t)getpid();
	const struct rule own[] = { ONLY(tgkill, 0, self), ONLY(kill, 0, self) };
	add_rules(program, own, sizeof(own) / sizeof(own[0]), SECCOMP_RET_ALLOW);
}

/* Kills who comes by another door (32-bit or x32 system calls), then looks at the number. */
static void begin(struct program *program)
{
	load_word(program, offsetof(struct seccomp_data, arch));
	add(program, BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0);
	add_return(program, SECCOMP_RET_KILL_PROCESS);
	load_word(program, offsetof(struct seccomp_data, nr));
	add(program, BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1);
	add_return(program, SECCOMP_RET_KILL_PROCESS);
}

static int install(struct program *program)
{
	struct sock_fprog filter = { .len = program->length, .filter = program->code };
	long r = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
	/* Positive: the thread that could not be given the filter. */
	return r < 0 ? -errno : r > 0 ? -EBUSY : 0;
}

int confine_before_load(bool processes)
{
	static struct program program;
	begin(&program);
	add_rules(&program, rules, sizeof(rules) / sizeof(rules[0]), SECCOMP_RET_ALLOW);
	add_no_sigkill(&program);
	add_own_signals(&program);
	if (processes) {
		add_rules(&program, rules_for_processes, sizeof(rules_for_processes) / sizeof(rules_for_processes[0]),
			  SECCOMP_RET_ALLOW);
		add_death_with_parent(&program);
	}
	add(&program, BPF_JMP | BPF_JGE | BPF_K, NUMBERS_KNOWN, 0, 1);
	add_return(&program, SECCOMP_RET_ERRNO | ENOSYS);
	add_return(&program, SECCOMP_RET_ERRNO | EPERM);
	return install(&program);
}

int confine_after_load(void)
{
	static struct program program;
	begin(&program);
	add_rules(&program, refused_after_load, sizeof(refused_after_load) / sizeof(refused_after_load[0]),
		  SECCOMP_RET_ERRNO | EACCES);
	add_return(&program, SECCOMP_RET_ALLOW);
	return install(&program);
}

int confine_process(void)
{
	static struct program program;
	begin(&program);
	add_own_signals(&program);
	add_rules(&program, refused_in_process, sizeof(refused_in_process) / sizeof(refused_in_process[0]),
		  SECCOMP_RET_ERRNO | EPERM);
	add_return(&program, SECCOMP_RET_ALLOW);
	return install(&program);
}
