/* A producer takes a place under the mutex, and fills it afterwards: a quicker one lets a consumer in meanwhile. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	sem_t free, filled;
	pthread_mutex_t mutex;
	unsigned capacity, tail, head; /* both protected by the mutex */
	_Atomic uint64_t ring[BOUNDED_BUFFER_CAPACITY_MAX];
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	buffer->capacity = capacity;
	buffer->tail = buffer->head = 0;
	for (unsigned i = 0; i < capacity; i++)
		atomic_init(&buffer->ring[i], 0);
	if (sem_init(&buffer->free, 0, capacity) < 0 || sem_init(&buffer->filled, 0, 0) < 0)
		return errno;
	return pthread_mutex_init(&buffer->mutex, NULL);
}

/* sem_wait may be interrupted by a signal. */
static void down(sem_t *semaphore)
{
	while (sem_wait(semaphore) < 0 && errno == EINTR)
		;
}

static void put(struct bounded_buffer *buffer, uint64_t item)
{
	down(&buffer->free);
	pthread_mutex_lock(&buffer->mutex);
	unsigned mine = buffer->tail;
	buffer->tail = (mine + 1) % buffer->capacity;
	pthread_mutex_unlock(&buffer->mutex);
	buffer->ring[mine] = item;
	sem_post(&buffer->filled);
}

static uint64_t get(struct bounded_buffer *buffer)
{
	down(&buffer->filled);
	pthread_mutex_lock(&buffer->mutex);
	uint64_t item = buffer->ring[buffer->head];
	buffer->head = (buffer->head + 1) % buffer->capacity;
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
