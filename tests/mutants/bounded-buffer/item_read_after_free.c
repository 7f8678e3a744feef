/* Frees the node before it reads the item that is in it. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <syncgrade/bounded_buffer.h>

struct node {
	struct node *next;
	uint64_t item;
};

struct bounded_buffer {
	sem_t free, filled;
	pthread_mutex_t head_mutex, tail_mutex;
	struct node *head; /* a node whose item was taken already; what comes after it is the queue */
	struct node *tail;
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	buffer->head = buffer->tail = malloc(sizeof(struct node));
	if (buffer->head == NULL)
		return ENOMEM;
	buffer->head->next = NULL;
	if (sem_init(&buffer->free, 0, capacity) < 0 || sem_init(&buffer->filled, 0, 0) < 0)
		return errno;
	int error = pthread_mutex_init(&buffer->head_mutex, NULL);
	return error != 0 ? error : pthread_mutex_init(&buffer->tail_mutex, NULL);
}

/* sem_wait may be interrupted by a signal. */
static void down(sem_t *semaphore)
{
	while (sem_wait(semaphore) < 0 && errno == EINTR)
		;
}

static void put(struct bounded_buffer *buffer, uint64_t item)
{
	struct node *node = malloc(sizeof(*node));
	if (node == NULL)
		abort();
	*node = (struct node){ .item = item };
	down(&buffer->free);
	pthread_mutex_lock(&buffer->tail_mutex);
	buffer->tail->next = node;
	buffer->tail = node;
	pthread_mutex_unlock(&buffer->tail_mutex);
	sem_post(&buffer->filled);
}

/* The link that is read here was written before the semaphore was raised. */
static uint64_t get(struct bounded_buffer *buffer)
{
	down(&buffer->filled);
	pthread_mutex_lock(&buffer->head_mutex);
	struct node *old = buffer->head;
	free(old);
	buffer->head = old->next;
	uint64_t item = buffer->head->item;
	pthread_mutex_unlock(&buffer->head_mutex);
	sem_post(&buffer->free);
	return item;
}

static void destroy(struct bounded_buffer *buffer)
{
	while (buffer->head != NULL) {
		struct node *next = buffer->head->next;
		free(buffer->head);
		buffer->head = next;
	}
	pthread_mutex_destroy(&buffer->tail_mutex);
	pthread_mutex_destroy(&buffer->head_mutex);
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
