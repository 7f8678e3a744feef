/* A ticket lock until its fourth ticket, then one that serves whoever comes first. Which it is is read long before
 * anybody writes it. */
// test: lock-starvation | -t 2 -b 6 -p 4 | bounded-waiting: FAIL .*can wait for ever
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock {
	atomic_int first_come;
	atomic_uint next, serving;
	atomic_int held;
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	atomic_init(&l->first_come, 0);
	atomic_init(&l->next, 0);
	atomic_init(&l->serving, 0);
	atomic_init(&l->held, 0);
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	if (atomic_load(&l->first_come) == 0) {
		unsigned mine = atomic_fetch_add(&l->next, 1);
		while (atomic_load(&l->serving) != mine)
			;
		if (mine == 3)
			atomic_store(&l->first_come, 1);
	}
	while (atomic_exchange(&l->held, 1) != 0)
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)self;
	if (atomic_load(&l->serving) != atomic_load(&l->next))
		atomic_fetch_add(&l->serving, 1);
	atomic_store(&l->held, 0);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
