/* The bakery (Lamport, CACM 1974) with eight slots, whoever uses them. What nobody writes is read without a state between. */
// test: lock-starvation | -t 2 -b 6 -p 4 | bounded-waiting: pass executions [0-9]+ .*within the first 8 entries
#include <stdatomic.h>
#include <syncgrade/lock.h>
#define SLOTS 8u
struct lock {
	atomic_int choosing[SLOTS];
	atomic_uint number[SLOTS];
};
static int init(struct lock *l, unsigned n)
{
	(void)n;
	for (unsigned i = 0; i < SLOTS; i++) {
		atomic_init(&l->choosing[i], 0);
		atomic_init(&l->number[i], 0);
	}
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	unsigned mine = 0, number;
	atomic_store(&l->choosing[self], 1);
	for (unsigned i = 0; i < SLOTS; i++) {
		number = atomic_load(&l->number[i]);
		mine = number > mine ? number : mine;
	}
	atomic_store(&l->number[self], ++mine);
	atomic_store(&l->choosing[self], 0);
	for (unsigned i = 0; i < SLOTS; i++) {
		while (atomic_load(&l->choosing[i]) != 0)
			;
		while ((number = atomic_load(&l->number[i])) != 0 && (number < mine || (number == mine && i < self)))
			;
	}
}
static void release(struct lock *l, unsigned self)
{
	atomic_store(&l->number[self], 0);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
