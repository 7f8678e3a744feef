/* Places are given out by fetch_add, two semaphores count them, and nothing says which of them is filled. */
#include <errno.h>
#include <semaphore.h>
#include <syncgrade/bounded_buffer.h>

struct bounded_buffer {
	sem_t free, filled;
	unsigned capacity, puts, gets; /* puts and gets: only with __atomic */
	uint64_t ring[BOUNDED_BUFFER_CAPACITY_MAX];
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	*buffer = (struct bounded_buffer){ .capacity = capacity };
	if (sem_init(&buffer->free, 0, capacity) < 0 || sem_init(&buffer->filled, 0, 0) < 0)
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
	unsigned mine = __atomic_fetch_add(&buffer->puts, 1, __ATOMIC_SEQ_CST) % buffer->capacity;
	__atomic_store_n(&buffer->ring[mine], item, __ATOMIC_SEQ_CST);
	sem_post(&buffer->filled);
}

static uint64_t get(struct bounded_buffer *buffer)
{
	down(&buffer->filled);
	unsigned mine = __atomic_fetch_add(&buffer->gets, 1, __ATOMIC_SEQ_CST) % buffer->capacity;
	uint64_t item = __atomic_load_n(&buffer->ring[mine], __ATOMIC_SEQ_CST);
	sem_post(&buffer->free);
	return item;
}

static void destroy(struct bounded_buffer *buffer)
{
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
