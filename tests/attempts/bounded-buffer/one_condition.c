/* One condition variable is enough: "something has changed". */
#include <pthread.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	pthread_mutex_t m;
	pthread_cond_t changed;
	uint64_t items[64];
	unsigned size, head, n;
};

static int init(struct bounded_buffer *b, unsigned capacity)
{
	pthread_mutex_init(&b->m, NULL);
	pthread_cond_init(&b->changed, NULL);
	b->size = capacity;
	b->head = 0;
	b->n = 0;
	return 0;
}

static void put(struct bounded_buffer *b, uint64_t item)
{
	pthread_mutex_lock(&b->m);
	while (b->n == b->size)
		pthread_cond_wait(&b->changed, &b->m);
	b->items[(b->head + b->n) % b->size] = item;
	b->n++;
	pthread_cond_signal(&b->changed);
	pthread_mutex_unlock(&b->m);
}

static uint64_t get(struct bounded_buffer *b)
{
	pthread_mutex_lock(&b->m);
	while (b->n == 0)
		pthread_cond_wait(&b->changed, &b->m);
	uint64_t item = b->items[b->head];
	b->head = (b->head + 1) % b->size;
	b->n--;
	pthread_cond_signal(&b->changed);
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

/* tells: Lost wake-up: thread 0 sleeps in put() (pthread_cond_wait(bounded_buffer->changed))
 * lines: 43 */
