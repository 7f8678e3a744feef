/* A local variable outlives its function, as a pointer. */
// test: lock-counter | -t 2 -r 2 -p 0x400 | memory-safety: FAIL .*a local variable of a function that has returned
#define _GNU_SOURCE
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <syncgrade/lock.h>
#include <sys/syscall.h>
#include <threads.h>
#include <unistd.h>

struct lock {
	pthread_mutex_t m;
	int *p;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	l->p = NULL;
	return pthread_mutex_init(&l->m, NULL);
}
static __attribute__((noinline)) void keep(struct lock *l)
{
	int x = 1;
	l->p = &x;
	__asm__ volatile("" : : "r"(l->p) : "memory");
}
static void acquire(struct lock *l, unsigned s)
{
	(void)s;
	pthread_mutex_lock(&l->m);
	keep(l);
	*l->p = 2;
}
static void release(struct lock *l, unsigned s)
{
	(void)s;
	pthread_mutex_unlock(&l->m);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
