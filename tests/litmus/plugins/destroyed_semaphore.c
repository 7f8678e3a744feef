/* A semaphore is destroyed in each round. */
// test: lock-counter | -t 2 -r 2 -p 0x400 | memory-safety: FAIL .*semaphore
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
	sem_t s;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	sem_init(&l->s, 0, 1);
	return 0;
}
static void acquire(struct lock *l, unsigned s)
{
	(void)s;
	sem_wait(&l->s);
	sem_destroy(&l->s);
}
static void release(struct lock *l, unsigned s)
{
	(void)s;
	sem_post(&l->s);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
