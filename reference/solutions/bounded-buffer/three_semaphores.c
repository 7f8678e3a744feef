/* Dijkstra's bounded buffer (1965): a semaphore counts the free places, another the items, a third guards the ring. */
#include <errno.h>
#include <semaphore.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	sem_t free, filled, mutex;
	unsigned capacity;
	unsigned tail, head; /* protected by the mutex, as is the ring */
	uint64_t ring[BOUNDED_BUFFER_CAPACITY_MAX];
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	buffer->capacity = capacity;
	buffer->tail = buffer->head = 0;
	if (sem_init(&buffer->free, 0, capacity) < 0 || sem_init(&buffer->filled, 0, 0) < 0 ||
	    sem_init(&buffer->mutex, 0, 1) < 0)
		return errno;
	return 0;
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
	down(&buffer->mutex);
	buffer->ring[buffer->tail] = item;
	buffer->tail = (buffer->tail + 1) % buffer->capacity;
	sem_post(&buffer->mutex);
	sem_post(&buffer->filled);
}

static uint64_t get(struct bounded_buffer *buffer)
{
	down(&buffer->filled);
	down(&buffer->mutex);
	uint64_t item = buffer->ring[buffer->head];
	buffer->head = (buffer->head + 1) % buffer->capacity;
	sem_post(&buffer->mutex);
	sem_post(&buffer->free);
	return item;
}

static void destroy(struct bounded_buffer *buffer)
{
	sem_destroy(&buffer->mutex);
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
