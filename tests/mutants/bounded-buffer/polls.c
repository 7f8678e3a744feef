/* Sleeps for a while, and looks again. */
#include <pthread.h>
#include <syncgrade/bounded_buffer.h>
#include <unistd.h>

struct bounded_buffer {
	pthread_mutex_t mutex;
	unsigned capacity;
	unsigned first, filled; /* protected by the mutex, as is the ring */
	uint64_t ring[BOUNDED_BUFFER_CAPACITY_MAX];
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	int error = pthread_mutex_init(&buffer->mutex, NULL);
	buffer->capacity = capacity;
	buffer->first = buffer->filled = 0;
	return error;
}

static void look_later(struct bounded_buffer *buffer)
{
	pthread_mutex_unlock(&buffer->mutex);
	usleep(100);
	pthread_mutex_lock(&buffer->mutex);
}

static void put(struct bounded_buffer *buffer, uint64_t item)
{
	pthread_mutex_lock(&buffer->mutex);
	while (buffer->filled == buffer->capacity)
		look_later(buffer);
	buffer->ring[(buffer->first + buffer->filled) % buffer->capacity] = item;
	buffer->filled++;
	pthread_mutex_unlock(&buffer->mutex);
}

static uint64_t get(struct bounded_buffer *buffer)
{
	pthread_mutex_lock(&buffer->mutex);
	while (buffer->filled == 0)
		look_later(buffer);
	uint64_t item = buffer->ring[buffer->first];
	buffer->first = (buffer->first + 1) % buffer->capacity;
	buffer->filled--;
	pthread_mutex_unlock(&buffer->mutex);
	return item;
}

static void destroy(struct bounded_buffer *buffer)
{
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
