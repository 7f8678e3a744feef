/* It looks at the word once more before it wakes. */
// test: lock-counter | -t 2 -r 2 -p 0x400 | memory-safety: FAIL .*may still use its local
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

struct node {
	struct node *next;
	atomic_int go;
};
struct lock {
	pthread_mutex_t m;
	bool taken;
	struct node *first, **last;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	l->taken = false;
	l->first = NULL;
	l->last = &l->first;
	return pthread_mutex_init(&l->m, NULL);
}
static void acquire(struct lock *l, unsigned s)
{
	(void)s;
	struct node me = { .next = NULL };
	pthread_mutex_lock(&l->m);
	if (!l->taken) {
		l->taken = true;
		pthread_mutex_unlock(&l->m);
		return;
	}
	*l->last = &me;
	l->last = &me.next;
	pthread_mutex_unlock(&l->m);
	while (atomic_load_explicit(&me.go, memory_order_acquire) == 0)
		syscall(SYS_futex, &me.go, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
}
static void release(struct lock *l, unsigned s)
{
	(void)s;
	pthread_mutex_lock(&l->m);
	struct node *n = l->first;
	if (!n)
		l->taken = false;
	else if (!(l->first = n->next))
		l->last = &l->first;
	pthread_mutex_unlock(&l->m);
	if (n) {
		atomic_store_explicit(&n->go, 1, memory_order_release);
		if (atomic_load(&n->go) == 1)
			syscall(SYS_futex, &n->go, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
	}
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};
