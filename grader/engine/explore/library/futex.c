/* futex(2), and the few other system calls that a plugin may make by itself. */
#include "own.h"

#include <errno.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <sys/syscall.h>

#include "address.h"

/* The kernel checks the word and puts the caller to sleep in one step: see RULE_ENQUEUE. Waker and waiter are ordered
 * by their steps on the mask, as they are by the kernel's lock. */
long futex_wait(uint32_t *word, uint64_t key, uint32_t expected, uint32_t bits, enum deadline deadline, uint64_t site)
{
	sleeps_with(bits, site);
	if (call_load4(word, __ATOMIC_SEQ_CST) != expected) {
		errno = EAGAIN;
		return -1;
	}
	call_step(key, RULE_ENQUEUE, self_bit(), __ATOMIC_ACQ_REL, site, 0);
	switch (sleep_on(key, deadline, site)) {
	case WAKE_TIMEOUT:
		errno = ETIMEDOUT;
		return -1;
	case WAKE_SPURIOUS:
		errno = EINTR;
		return -1;
	default:
		return 0;
	}
}

/* Of a private futex, each process has its own queue of sleepers. */
static uint64_t futex_key(const uint32_t *word, int operation)
{
	uint64_t key = KEY(word, KEY_WAITERS);

	if (!library_mode.processes || (operation & FUTEX_PRIVATE_FLAG) == 0)
		return key;
	call_mark(MARK_FUTEX, (uint64_t)(uintptr_t)word, NULL, NULL);
	return key | PROCESS_TAG(self());
}

static long without_bits(void)
{
	errno = EINVAL;
	return -1;
}

/* Waking is no use of the word: it may be on an address whose memory has gone already. */
static long futex(uint32_t *word, int operation, uint32_t value, const void *timeout, uint32_t bits, uint64_t site)
{
	uint64_t key = futex_key(word, operation);

	switch (operation & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME)) {
	case FUTEX_WAIT_BITSET:
		if (bits == 0)
			return without_bits();
		return futex_wait(word, key, value, bits, deadline_at(timeout), site);
	case FUTEX_WAIT:
		return futex_wait(word, key, value, FUTEX_BITSET_MATCH_ANY, deadline_in(timeout), site);
	case FUTEX_WAKE_BITSET:
		if (bits == 0)
			return without_bits();
		if (bits != FUTEX_BITSET_MATCH_ANY)
			return wake_matching(key, value, bits, site);
		/* fallthrough */
	case FUTEX_WAKE:
		return wake_up(key, value, true, site);
	default:
		break;
	}
	call_unmodelled(said_only(SAID_THIS_OPERATION_OF_FUTEX));
	return -1;
}

/* Told only where how a thread waits is looked at. */
int thread_yields(uint64_t site)
{
	if (library_mode.states)
		call_mark(MARK_LIBRARY, site, "sched_yield", NULL);
	return 0;
}

int thread_sleeps(uint64_t site)
{
	if (library_mode.states)
		call_mark(MARK_LIBRARY, site, "sleep", NULL);
	return 0;
}

static int model_yield(void)
{
	return thread_yields(CALL_SITE);
}

static int model_sleep(void)
{
	return thread_sleeps(CALL_SITE);
}

static pid_t model_gettid(void)
{
	return (pid_t)(1000 + self());
}

static pid_t model_getpid(void)
{
	return library_mode.processes ? model_gettid() : 1000;
}

/* Forked processes are all in their first thread, whose number is the same in each. */
static pthread_t model_pthread_self(void)
{
	return (pthread_t)fiber_get(library_mode.processes ? library_mode.n_threads : self())->thread_pointer;
}

static int model_getcpu(void)
{
	return 0;
}

static const char *futex_name(int operation)
{
	switch (operation & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME)) {
	case FUTEX_WAIT:
	case FUTEX_WAIT_BITSET:
		return "FUTEX_WAIT";
	case FUTEX_WAKE:
	case FUTEX_WAKE_BITSET:
		return "FUTEX_WAKE";
	default:
		return "syscall";
	}
}

static long model_syscall(long number, ...)
{
	va_list arguments;
	uint64_t a[6];

	uint64_t site = CALL_SITE;
	va_start(arguments, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(arguments, uint64_t);
	va_end(arguments);
	if (number == SYS_futex)
		call_mark(MARK_LIBRARY, site, futex_name((int)a[1]), (const void *)(uintptr_t)a[0]);
	else
		call_mark(MARK_LIBRARY, site, "syscall", NULL);
	switch (number) {
	case SYS_futex:
		return futex((uint32_t *)(uintptr_t)a[0], (int)a[1], (uint32_t)a[2], (const void *)(uintptr_t)a[3],
			     (uint32_t)a[5], site);
	case SYS_gettid:
		return model_gettid();
	case SYS_getpid:
		return model_getpid();
	case SYS_sched_yield:
		return thread_yields(site);
	default:
		call_unmodelled(said_only(SAID_A_SYSTEM_CALL_OTHER_THAN));
		return -1;
	}
}

CALLS(futex) = {
	TO("syscall", model_syscall),
	TO("getpid", model_getpid),
	TO("gettid", model_gettid),
	TO("pthread_self", model_pthread_self),
	TO("thrd_current", model_pthread_self),
	TO("sched_getcpu", model_getcpu),
	TO("sched_yield", model_yield),
	TO("pthread_yield", model_yield),
	TO("sleep", model_sleep),
	TO("usleep", model_sleep),
	TO("nanosleep", model_sleep),
	TO("clock_nanosleep", model_sleep),
	NO_MORE,
};
