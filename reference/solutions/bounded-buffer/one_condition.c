/* A ring with a mutex and one condition variable, on which all wait: whoever changes anything wakes them all. */
#include <pthread.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	unsigned capacity;
	unsigned put, got; /* items so far; protected by the mutex, as is the ring */
	unsigned tail, head;
	uint64_t ring[BOUNDED_BUFFER_CAPACITY_MAX];
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	int error = pthread_mutex_init(&buffer->mutex, NULL);
	if (error == 0)
		error = pthread_cond_init(&buffer->changed, NULL);
	buffer->capacity = capacity;
	buffer->put = buffer->got = 0;
	buffer->tail = buffer->head = 0;
	return error;
}

/* Unsigned arithmetic: right also where the numbers have wrapped. */
static unsigned filled(const struct bounded_buffer *buffer)
{
	return buffer->put - buffer->got;
}

static void put(struct bounded_buffer *buffer, uint64_t item)
{
	pthread_mutex_lock(&buffer->mutex);
	while (filled(buffer) == buffer->capacity)
		pthread_cond_wait(&buffer->changed, &buffer->mutex);
	buffer->ring[buffer->tail] = item;
	buffer->tail = buffer->tail + 1 < buffer->capacity ? buffer->tail + 1 : 0;
	buffer->put++;
	pthread_cond_broadcast(&buffer->changed);
	pthread_mutex_unlock(&buffer->mutex);
}

static uint64_t get(struct bounded_buffer *buffer)
{
	pthread_mutex_lock(&buffer->mutex);
	while (filled(buffer) == 0)
		pthread_cond_wait(&buffer->changed, &buffer->mutex);
	uint64_t item = buffer->ring[buffer->head];
	buffer->head = buffer->head + 1 < buffer->capacity ? buffer->head + 1 : 0;
	buffer->got++;
	pthread_cond_broadcast(&buffer->changed);
	pthread_mutex_unlock(&buffer->mutex);
	return item;
}

static void destroy(struct bounded_buffer *buffer)
{
	pthread_cond_destroy(&buffer->changed);
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
