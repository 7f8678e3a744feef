/* One atomic word for each place; 0 in it says that the place is free. */
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	unsigned capacity;
	_Atomic uint64_t puts, gets; /* tickets */
	_Atomic uint64_t ring[BOUNDED_BUFFER_CAPACITY_MAX];
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	buffer->capacity = capacity;
	atomic_init(&buffer->puts, 0);
	atomic_init(&buffer->gets, 0);
	for (unsigned i = 0; i < capacity; i++)
		atomic_init(&buffer->ring[i], 0);
	return 0;
}

static void put(struct bounded_buffer *buffer, uint64_t item)
{
	_Atomic uint64_t *place = &buffer->ring[atomic_fetch_add(&buffer->puts, 1) % buffer->capacity];
	uint64_t none = 0;
	while (!atomic_compare_exchange_strong(place, &none, item)) {
		none = 0;
		sched_yield();
	}
}

static uint64_t get(struct bounded_buffer *buffer)
{
	_Atomic uint64_t *place = &buffer->ring[atomic_fetch_add(&buffer->gets, 1) % buffer->capacity];
	uint64_t item;
	while ((item = atomic_exchange(place, 0)) == 0)
		sched_yield();
	return item;
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
};
