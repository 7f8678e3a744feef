/* Full is when there is one more than there are places. */
#include <pthread.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	pthread_mutex_t mutex;
	pthread_cond_t not_full, not_empty;
	unsigned capacity;
	unsigned first, filled; /* protected by the mutex, as is the ring */
	uint64_t ring[BOUNDED_BUFFER_CAPACITY_MAX];
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	int error = pthread_mutex_init(&buffer->mutex, NULL);
	if (error == 0)
		error = pthread_cond_init(&buffer->not_full, NULL);
	if (error == 0)
		error = pthread_cond_init(&buffer->not_empty, NULL);
	buffer->capacity = capacity;
	buffer->first = buffer->filled = 0;
	return error;
}

static void put(struct bounded_buffer *buffer, uint64_t item)
{
	pthread_mutex_lock(&buffer->mutex);
	while (buffer->filled > buffer->capacity)
		pthread_cond_wait(&buffer->not_full, &buffer->mutex);
	buffer->ring[(buffer->first + buffer->filled) % buffer->capacity] = item;
	buffer->filled++;
	pthread_cond_signal(&buffer->not_empty);
	pthread_mutex_unlock(&buffer->mutex);
}

static uint64_t get(struct bounded_buffer *buffer)
{
	pthread_mutex_lock(&buffer->mutex);
	while (buffer->filled == 0)
		pthread_cond_wait(&buffer->not_empty, &buffer->mutex);
	uint64_t item = buffer->ring[buffer->first];
	buffer->first = (buffer->first + 1) % buffer->capacity;
	buffer->filled--;
	pthread_cond_signal(&buffer->not_full);
	pthread_mutex_unlock(&buffer->mutex);
	return item;
}

static void destroy(struct bounded_buffer *buffer)
{
	pthread_cond_destroy(&buffer->not_empty);
	pthread_cond_destroy(&buffer->not_full);
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
