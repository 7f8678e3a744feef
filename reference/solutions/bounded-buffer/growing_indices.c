/* Semaphores for places and items, a mutex for the ring; its indices are counted up for ever, and taken modulo the
 * capacity where they are used. So no state comes again. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	sem_t free, filled;
	pthread_mutex_t mutex;
	uint64_t capacity;
	uint64_t put, got; /* so many items; protected by the mutex, as is the ring */
	uint64_t ring[BOUNDED_BUFFER_CAPACITY_MAX];
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	buffer->capacity = capacity;
	buffer->put = buffer->got = 0;
	if (sem_init(&buffer->free, 0, capacity) < 0 || sem_init(&buffer->filled, 0, 0) < 0)
		return errno;
	return pthread_mutex_init(&buffer->mutex, NULL);
}

static void put(struct bounded_buffer *buffer, uint64_t item)
{
	while (sem_wait(&buffer->free) < 0)
		;
	pthread_mutex_lock(&buffer->mutex);
	buffer->ring[buffer->put++ % buffer->capacity] = item;
	pthread_mutex_unlock(&buffer->mutex);
	sem_post(&buffer->filled);
}

static uint64_t get(struct bounded_buffer *buffer)
{
	while (sem_wait(&buffer->filled) < 0)
		;
	pthread_mutex_lock(&buffer->mutex);
	uint64_t item = buffer->ring[buffer->got++ % buffer->capacity];
	pthread_mutex_unlock(&buffer->mutex);
	sem_post(&buffer->free);
	return item;
}

static void destroy(struct bounded_buffer *buffer)
{
	pthread_mutex_destroy(&buffer->mutex);
	sem_destroy(&buffer->filled);
	sem_destroy(&buffer->free);
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
	.destroy = destroy,
};
