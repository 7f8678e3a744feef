/* A ring buffer. It waits while it is full or empty. */
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	uint64_t items[64];
	unsigned capacity;
	volatile unsigned in, out, count;
};

static int init(struct bounded_buffer *b, unsigned capacity)
{
	b->capacity = capacity;
	b->in = b->out = b->count = 0;
	return 0;
}

static void put(struct bounded_buffer *b, uint64_t item)
{
	while (b->count == b->capacity)
		;
	b->items[b->in] = item;
	b->in = (b->in + 1) % b->capacity;
	b->count++;
}

static uint64_t get(struct bounded_buffer *b)
{
	while (b->count == 0)
		;
	uint64_t item = b->items[b->out];
	b->out = (b->out + 1) % b->capacity;
	b->count--;
	return item;
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
};

/* tells: nothing orders the two: it has to be atomic, or under one mutex.
 * lines: 48 */
