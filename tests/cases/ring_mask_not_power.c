/* SOURCE: rust-embedded/heapless#243 ("mpmc only works with sizes that are power of 2"): slots are found by & (capacity
 * - 1). RIGHT: must fail where the capacity is no power of two: with 3, mask 2, puts 0 and 1 both go to slot 0 and put
 * 1 finds the mark (1) that put 0 left, and overwrites it: room/ordering, room/parallelism. With 1, the original's
 * marks n and n + 1 are ambiguous too: here they are 2n and 2n + 1, so that only the mask is wrong. The explorer's
 * workloads have capacities 1 and 2 only. REASON: sequential. */
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/bounded_buffer.h>
#include <sys/syscall.h>
#include <unistd.h>

struct bounded_buffer {
	unsigned capacity;
	atomic_uint puts, gets;
	struct {
		atomic_uint mark;
		uint64_t item;
	} slot[BOUNDED_BUFFER_CAPACITY_MAX];
};

static int init(struct bounded_buffer *b, unsigned capacity)
{
	b->capacity = capacity;
	atomic_init(&b->puts, 0);
	atomic_init(&b->gets, 0);
	for (unsigned i = 0; i < capacity; i++)
		atomic_init(&b->slot[i].mark, 2 * i);
	return 0;
}

static unsigned claim(struct bounded_buffer *b, atomic_uint *numbers, unsigned filled)
{
	for (;;) {
		unsigned n = atomic_load_explicit(numbers, memory_order_acquire);
		atomic_uint *mark = &b->slot[n & (b->capacity - 1)].mark;
		unsigned seen = atomic_load_explicit(mark, memory_order_acquire);
		if ((int)(seen - (2 * n + filled)) < 0)
			syscall(SYS_futex, mark, FUTEX_WAIT, seen, NULL, NULL, 0);
		else if (atomic_compare_exchange_strong_explicit(numbers, &n, n + 1, memory_order_acq_rel,
								 memory_order_relaxed))
			return n;
	}
}

static void set_mark(struct bounded_buffer *b, unsigned n, unsigned mark)
{
	atomic_uint *m = &b->slot[n & (b->capacity - 1)].mark;
	atomic_store_explicit(m, mark, memory_order_release);
	syscall(SYS_futex, m, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

static void put(struct bounded_buffer *b, uint64_t item)
{
	unsigned n = claim(b, &b->puts, 0);
	b->slot[n & (b->capacity - 1)].item = item;
	set_mark(b, n, 2 * n + 1);
}

static uint64_t get(struct bounded_buffer *b)
{
	unsigned n = claim(b, &b->gets, 1);
	uint64_t item = b->slot[n & (b->capacity - 1)].item;
	set_mark(b, n, 2 * (n + b->capacity));
	return item;
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
};
