/* Ring buffer with a mutex and two condition variables. */
#include <pthread.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	pthread_mutex_t mutex;
	pthread_cond_t not_full, not_empty;
	uint64_t items[64];
	unsigned capacity, in, out, count;
};

static int init(struct bounded_buffer *b, unsigned capacity)
{
	pthread_mutex_init(&b->mutex, NULL);
	pthread_cond_init(&b->not_full, NULL);
	pthread_cond_init(&b->not_empty, NULL);
	b->capacity = capacity;
	b->in = b->out = b->count = 0;
	return 0;
}

static void put(struct bounded_buffer *b, uint64_t item)
{
	pthread_mutex_lock(&b->mutex);
	if (b->count == b->capacity)
		pthread_cond_wait(&b->not_full, &b->mutex);
	b->items[b->in] = item;
	b->in = (b->in + 1) % b->capacity;
	b->count++;
	pthread_cond_signal(&b->not_empty);
	pthread_mutex_unlock(&b->mutex);
}

static uint64_t get(struct bounded_buffer *b)
{
	pthread_mutex_lock(&b->mutex);
	if (b->count == 0)
		pthread_cond_wait(&b->not_empty, &b->mutex);
	uint64_t item = b->items[b->out];
	b->out = (b->out + 1) % b->capacity;
	b->count--;
	pthread_cond_signal(&b->not_full);
	pthread_mutex_unlock(&b->mutex);
	return item;
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
};

/* tells: pthread_cond_wait may return for no reason, as here (line 38)
 * lines: 41 */
