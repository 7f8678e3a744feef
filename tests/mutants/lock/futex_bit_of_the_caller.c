/* Wrong: who sleeps does so with the bit of its own number, and is woken by that of its ticket. */
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/lock.h>
#include <sys/syscall.h>
#include <unistd.h>

struct lock {
	atomic_uint next, serving;
};

static unsigned bit_of(unsigned ticket)
{
	return 1u << ticket % 32;
}

static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->next, 0);
	atomic_init(&lock->serving, 0);
	return 0;
}

static void acquire(struct lock *lock, unsigned self)
{
	unsigned mine = atomic_fetch_add(&lock->next, 1), seen;
	while ((seen = atomic_load(&lock->serving)) != mine)
		syscall(SYS_futex, &lock->serving, FUTEX_WAIT_BITSET, seen, NULL, NULL, bit_of(self));
}

static void release(struct lock *lock, unsigned self)
{
	unsigned next = atomic_fetch_add(&lock->serving, 1) + 1;
	(void)self;
	syscall(SYS_futex, &lock->serving, FUTEX_WAKE_BITSET, INT_MAX, NULL, NULL, bit_of(next));
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
