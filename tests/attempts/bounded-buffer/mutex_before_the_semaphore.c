/* Three semaphores as in the book: mutex, empty and full. */
#include <semaphore.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	sem_t mutex, empty, full;
	uint64_t items[64];
	unsigned capacity, in, out;
};

static int init(struct bounded_buffer *b, unsigned capacity)
{
	sem_init(&b->mutex, 0, 1);
	sem_init(&b->empty, 0, capacity);
	sem_init(&b->full, 0, 0);
	b->capacity = capacity;
	b->in = 0;
	b->out = 0;
	return 0;
}

static void put(struct bounded_buffer *b, uint64_t item)
{
	sem_wait(&b->mutex);
	sem_wait(&b->empty);
	b->items[b->in] = item;
	b->in = (b->in + 1) % b->capacity;
	sem_post(&b->mutex);
	sem_post(&b->full);
}

static uint64_t get(struct bounded_buffer *b)
{
	sem_wait(&b->mutex);
	sem_wait(&b->full);
	uint64_t item = b->items[b->out];
	b->out = (b->out + 1) % b->capacity;
	sem_post(&b->mutex);
	sem_post(&b->empty);
	return item;
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
};

/* tells: thread 0 waits in put() (sem_wait(bounded_buffer->mutex)), thread 1 waits in get()
 *        (sem_wait(bounded_buffer->full))
 * lines: 34 */
