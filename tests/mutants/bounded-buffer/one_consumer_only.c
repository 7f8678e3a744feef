/* A ring for one consumer: producers take turns with a mutex, but two consumers can be given the same item. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	pthread_mutex_t producers;
	unsigned capacity;
	atomic_uint puts, gets;
	_Atomic uint64_t ring[BOUNDED_BUFFER_CAPACITY_MAX];
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	buffer->capacity = capacity;
	atomic_init(&buffer->puts, 0);
	atomic_init(&buffer->gets, 0);
	return pthread_mutex_init(&buffer->producers, NULL);
}

static void put(struct bounded_buffer *buffer, uint64_t item)
{
	pthread_mutex_lock(&buffer->producers);
	unsigned n = atomic_load(&buffer->puts);
	while (n - atomic_load(&buffer->gets) >= buffer->capacity)
		sched_yield();
	atomic_store(&buffer->ring[n % buffer->capacity], item);
	atomic_store(&buffer->puts, n + 1);
	pthread_mutex_unlock(&buffer->producers);
}

static uint64_t get(struct bounded_buffer *buffer)
{
	unsigned n = atomic_load(&buffer->gets);
	while (atomic_load(&buffer->puts) == n)
		sched_yield();
	uint64_t item = atomic_load(&buffer->ring[n % buffer->capacity]);
	atomic_store(&buffer->gets, n + 1);
	return item;
}

static void destroy(struct bounded_buffer *buffer)
{
	pthread_mutex_destroy(&buffer->producers);
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
	.destroy = destroy,
};
