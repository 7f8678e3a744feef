/* Vyukov's bounded queue for many producers and consumers (2010). His says no where it is full or empty; here the
 * thread sleeps on the place that it cannot use yet. */
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <syncgrade/bounded_buffer.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A place is free for the put with number n while its mark is 2n, and filled for the get with number n while it is
 * 2n + 1. (With marks of n and n + 1, as in the original, a buffer of one place would take them for each other.) */
struct place {
	atomic_uint mark;
	uint64_t item;
};

struct bounded_buffer {
	unsigned capacity;
	_Atomic uint64_t puts, gets; /* numbers of the next ones */
	struct place ring[BOUNDED_BUFFER_CAPACITY_MAX];
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	buffer->capacity = capacity;
	atomic_init(&buffer->puts, 0);
	atomic_init(&buffer->gets, 0);
	for (unsigned i = 0; i < capacity; i++)
		atomic_init(&buffer->ring[i].mark, 2 * i);
	return 0;
}

/* Takes the next number of `numbers` whose place has the mark 2n + filled. */
static uint64_t take(struct bounded_buffer *buffer, _Atomic uint64_t *numbers, unsigned filled)
{
	uint64_t number = atomic_load_explicit(numbers, memory_order_relaxed);
	for (;;) {
		struct place *place = &buffer->ring[number % buffer->capacity];
		unsigned mark = atomic_load_explicit(&place->mark, memory_order_acquire);
		int ahead = (int)(mark - (unsigned)(2 * number) - filled);
		if (ahead == 0 && atomic_compare_exchange_strong_explicit(numbers, &number, number + 1,
									  memory_order_relaxed, memory_order_relaxed))
			return number;
		if (ahead == 0)
			continue;
		if (ahead < 0)
			syscall(SYS_futex, &place->mark, FUTEX_WAIT, mark, NULL, NULL, 0);
		number = atomic_load_explicit(numbers, memory_order_relaxed);
	}
}

static void give(struct place *place, uint64_t mark)
{
	atomic_store_explicit(&place->mark, (unsigned)mark, memory_order_release);
	syscall(SYS_futex, &place->mark, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

static void put(struct bounded_buffer *buffer, uint64_t item)
{
	uint64_t number = take(buffer, &buffer->puts, 0);
	struct place *place = &buffer->ring[number % buffer->capacity];
	place->item = item;
	give(place, 2 * number + 1);
}

static uint64_t get(struct bounded_buffer *buffer)
{
	uint64_t number = take(buffer, &buffer->gets, 1);
	struct place *place = &buffer->ring[number % buffer->capacity];
	uint64_t item = place->item;
	give(place, 2 * (number + buffer->capacity));
	return item;
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
};
