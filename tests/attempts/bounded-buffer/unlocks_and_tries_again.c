/* Unlocks the mutex while it waits, so that the others can do something. */
#include <pthread.h>
#include <sched.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	pthread_mutex_t m;
	uint64_t items[64];
	unsigned capacity, in, out, count;
};

static int init(struct bounded_buffer *b, unsigned capacity)
{
	pthread_mutex_init(&b->m, NULL);
	b->capacity = capacity;
	b->in = b->out = b->count = 0;
	return 0;
}

static void put(struct bounded_buffer *b, uint64_t item)
{
	pthread_mutex_lock(&b->m);
	while (b->count == b->capacity) {
		pthread_mutex_unlock(&b->m);
		sched_yield();
		pthread_mutex_lock(&b->m);
	}
	b->items[b->in] = item;
	b->in = (b->in + 1) % b->capacity;
	b->count++;
	pthread_mutex_unlock(&b->m);
}

static uint64_t get(struct bounded_buffer *b)
{
	pthread_mutex_lock(&b->m);
	while (b->count == 0) {
		pthread_mutex_unlock(&b->m);
		sched_yield();
		pthread_mutex_lock(&b->m);
	}
	uint64_t item = b->items[b->out];
	b->out = (b->out + 1) % b->capacity;
	b->count--;
	pthread_mutex_unlock(&b->m);
	return item;
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
};

/* tells: burns the processor while it waits: put() yields and looks
 * lines: 26 */
