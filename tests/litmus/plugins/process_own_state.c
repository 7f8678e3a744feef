/* What a process may well have for itself: a number that init() has worked out, a count of its own, a hint of the
 * thread, memory that it takes when it first needs some. The lock lies in the object. */
// test: lock-processes | -t 2 -r 2 -p 0x200 | process-shared: pass .* complete
// test: lock-processes | -t 2 -r 2 -p 0x400 | memory-safety: pass .* complete
// test: lock-processes | -t 3 -r 1 -p 0x200 | process-shared: pass .* complete
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_uint next, serving;
	unsigned *from_init;
};
static unsigned step, acquired;
static unsigned *scratch;
static _Thread_local unsigned mine;
static int init(struct lock *l, unsigned n)
{
	step = n > 0 ? 1 : 0;
	atomic_init(&l->next, 0);
	atomic_init(&l->serving, 0);
	l->from_init = malloc(sizeof *l->from_init);
	*l->from_init = 7;
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	if (scratch == NULL)
		scratch = calloc(4, sizeof *scratch);
	scratch[0]++;
	acquired++;
	if (step != 1 || *l->from_init != 7 || scratch[0] != acquired)
		abort();
	mine = atomic_fetch_add_explicit(&l->next, step, memory_order_relaxed);
	while (atomic_load_explicit(&l->serving, memory_order_acquire) != mine)
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	atomic_store_explicit(&l->serving, mine + step, memory_order_release);
}
static void destroy(struct lock *l)
{
	free(l->from_init);
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
