/* Two semaphores count the places and the items. */
#include <semaphore.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	sem_t places, items;
	uint64_t slot[64];
	unsigned capacity, in, out;
};

static int init(struct bounded_buffer *b, unsigned capacity)
{
	sem_init(&b->places, 0, capacity);
	sem_init(&b->items, 0, 0);
	b->capacity = capacity;
	b->in = 0;
	b->out = 0;
	return 0;
}

static void put(struct bounded_buffer *b, uint64_t item)
{
	sem_wait(&b->places);
	b->slot[b->in] = item;
	b->in = (b->in + 1) % b->capacity;
	sem_post(&b->items);
}

static uint64_t get(struct bounded_buffer *b)
{
	sem_wait(&b->items);
	uint64_t item = b->slot[b->out];
	b->out = (b->out + 1) % b->capacity;
	sem_post(&b->places);
	return item;
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
};

/* tells: producer-consumer/data-race: Thread 2 reads bounded_buffer->out in get (semaphores_without_mutex.c:32), thread 1
 *        writes it in get (semaphores_without_mutex.c:33), and nothing orders the two: it has to be atomic, or under one
 *        mutex.
 * lines: 44 */
