/* Passes the turn on with a relaxed store. */
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <syncgrade/bounded_buffer.h>
#include <sys/syscall.h>
#include <unistd.h>

struct place {
	atomic_uint turn; /* twice the number of uses that are over, and one more while there is an item */
	uint64_t item;    /* whoever has the turn */
};

struct bounded_buffer {
	unsigned capacity;
	_Atomic uint64_t puts, gets; /* tickets */
	struct place ring[BOUNDED_BUFFER_CAPACITY_MAX];
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	buffer->capacity = capacity;
	atomic_init(&buffer->puts, 0);
	atomic_init(&buffer->gets, 0);
	for (unsigned i = 0; i < capacity; i++)
		atomic_init(&buffer->ring[i].turn, 0);
	return 0;
}

static void await_turn(struct place *place, unsigned turn)
{
	for (;;) {
		unsigned now = atomic_load_explicit(&place->turn, memory_order_acquire);
		if (now == turn)
			return;
		syscall(SYS_futex, &place->turn, FUTEX_WAIT, now, NULL, NULL, 0);
	}
}

/* All of them: those who wait for this use of the place and for later ones sleep side by side. */
static void next_turn(struct place *place, unsigned turn)
{
	atomic_store_explicit(&place->turn, turn + 1, memory_order_relaxed);
	syscall(SYS_futex, &place->turn, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

static void put(struct bounded_buffer *buffer, uint64_t item)
{
	uint64_t ticket = atomic_fetch_add_explicit(&buffer->puts, 1, memory_order_relaxed);
	struct place *place = &buffer->ring[ticket % buffer->capacity];
	unsigned turn = (unsigned)(ticket / buffer->capacity * 2);
	await_turn(place, turn);
	place->item = item;
	next_turn(place, turn);
}

static uint64_t get(struct bounded_buffer *buffer)
{
	uint64_t ticket = atomic_fetch_add_explicit(&buffer->gets, 1, memory_order_relaxed);
	struct place *place = &buffer->ring[ticket % buffer->capacity];
	unsigned turn = (unsigned)(ticket / buffer->capacity * 2) + 1;
	await_turn(place, turn);
	uint64_t item = place->item;
	next_turn(place, turn);
	return item;
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
};
