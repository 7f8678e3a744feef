/* The free places are a stack without tags: who is about to take one compares with a top that has gone and come back
 * meanwhile (ABA), and makes a place the top that somebody else has in use. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <syncgrade/bounded_buffer.h>

#define NONE UINT32_MAX

struct bounded_buffer {
	sem_t free, filled;
	_Atomic uint32_t top; /* of the free places */
	_Atomic uint32_t below[BOUNDED_BUFFER_CAPACITY_MAX];
	uint64_t item[BOUNDED_BUFFER_CAPACITY_MAX];
	pthread_mutex_t mutex; /* protects what follows: the filled places, in order */
	uint32_t order[BOUNDED_BUFFER_CAPACITY_MAX];
	unsigned head, tail;
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	for (uint32_t i = 0; i < capacity; i++)
		atomic_init(&buffer->below[i], i + 1 < capacity ? i + 1 : NONE);
	atomic_init(&buffer->top, 0);
	buffer->head = buffer->tail = 0;
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

/* There is one: the semaphore has said so. */
static uint32_t take_free(struct bounded_buffer *buffer)
{
	uint32_t top = atomic_load(&buffer->top), next;
	do {
		next = atomic_load(&buffer->below[top]);
	} while (!atomic_compare_exchange_weak(&buffer->top, &top, next));
	return top;
}

static void give_free(struct bounded_buffer *buffer, uint32_t place)
{
	uint32_t top = atomic_load(&buffer->top);
	do {
		atomic_store(&buffer->below[place], top);
	} while (!atomic_compare_exchange_weak(&buffer->top, &top, place));
}

static void put(struct bounded_buffer *buffer, uint64_t item)
{
	down(&buffer->free);
	uint32_t place = take_free(buffer);
	buffer->item[place] = item;
	pthread_mutex_lock(&buffer->mutex);
	buffer->order[buffer->tail++ % BOUNDED_BUFFER_CAPACITY_MAX] = place;
	pthread_mutex_unlock(&buffer->mutex);
	sem_post(&buffer->filled);
}

static uint64_t get(struct bounded_buffer *buffer)
{
	down(&buffer->filled);
	pthread_mutex_lock(&buffer->mutex);
	uint32_t place = buffer->order[buffer->head++ % BOUNDED_BUFFER_CAPACITY_MAX];
	pthread_mutex_unlock(&buffer->mutex);
	uint64_t item = buffer->item[place];
	give_free(buffer, place);
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
