/* A ring with a mutex. A producer remembers how many items were taken out when it last looked, and looks again only
 * when there seems to be no room: but it remembers one number for all buffers. */
#include <pthread.h>
#include <stdint.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	int capacity;
	int puts, gets; /* protected by the mutex, as is the ring */
	uint64_t ring[BOUNDED_BUFFER_CAPACITY_MAX];
};

/* From which buffer? */
static _Thread_local int gets_seen;

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	int error = pthread_mutex_init(&buffer->mutex, NULL);
	if (error == 0)
		error = pthread_cond_init(&buffer->changed, NULL);
	buffer->capacity = (int)capacity;
	buffer->puts = buffer->gets = 0;
	return error;
}

static void put(struct bounded_buffer *buffer, uint64_t item)
{
	pthread_mutex_lock(&buffer->mutex);
	while (buffer->puts - gets_seen >= buffer->capacity) {
		gets_seen = buffer->gets;
		if (buffer->puts - gets_seen >= buffer->capacity)
			pthread_cond_wait(&buffer->changed, &buffer->mutex);
	}
	buffer->ring[buffer->puts % buffer->capacity] = item;
	buffer->puts++;
	pthread_cond_broadcast(&buffer->changed);
	pthread_mutex_unlock(&buffer->mutex);
}

static uint64_t get(struct bounded_buffer *buffer)
{
	pthread_mutex_lock(&buffer->mutex);
	while (buffer->puts == buffer->gets)
		pthread_cond_wait(&buffer->changed, &buffer->mutex);
	uint64_t item = buffer->ring[buffer->gets % buffer->capacity];
	buffer->gets++;
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
