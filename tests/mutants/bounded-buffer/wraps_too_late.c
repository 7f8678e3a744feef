/* The place after the last one is used once before the ring begins again. */
#include <errno.h>
#include <stdlib.h>
#include <syncgrade/bounded_buffer.h>
#include <threads.h>

struct bounded_buffer {
	mtx_t mutex;
	cnd_t not_full, not_empty;
	uint64_t *ring, *end;
	uint64_t *first, *next; /* protected by the mutex, as is the ring */
	unsigned filled;
};

static int init(struct bounded_buffer *buffer, unsigned capacity)
{
	buffer->ring = malloc(capacity * sizeof(*buffer->ring));
	if (buffer->ring == NULL)
		return ENOMEM;
	buffer->end = buffer->ring + capacity;
	buffer->first = buffer->next = buffer->ring;
	buffer->filled = 0;
	if (mtx_init(&buffer->mutex, mtx_plain) != thrd_success || cnd_init(&buffer->not_full) != thrd_success ||
	    cnd_init(&buffer->not_empty) != thrd_success) {
		free(buffer->ring);
		return ENOMEM;
	}
	return 0;
}

static uint64_t *after(const struct bounded_buffer *buffer, uint64_t *place)
{
	return place < buffer->end ? place + 1 : buffer->ring;
}

static void put(struct bounded_buffer *buffer, uint64_t item)
{
	mtx_lock(&buffer->mutex);
	while (buffer->filled > 0 && buffer->next == buffer->first)
		cnd_wait(&buffer->not_full, &buffer->mutex);
	*buffer->next = item;
	buffer->next = after(buffer, buffer->next);
	buffer->filled++;
	mtx_unlock(&buffer->mutex);
	/* After the unlock is as right as before it: whoever is to be woken waits already, or will look first. */
	cnd_signal(&buffer->not_empty);
}

static uint64_t get(struct bounded_buffer *buffer)
{
	mtx_lock(&buffer->mutex);
	while (buffer->filled == 0)
		cnd_wait(&buffer->not_empty, &buffer->mutex);
	uint64_t item = *buffer->first;
	buffer->first = after(buffer, buffer->first);
	buffer->filled--;
	mtx_unlock(&buffer->mutex);
	cnd_signal(&buffer->not_full);
	return item;
}

static void destroy(struct bounded_buffer *buffer)
{
	cnd_destroy(&buffer->not_empty);
	cnd_destroy(&buffer->not_full);
	mtx_destroy(&buffer->mutex);
	free(buffer->ring);
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
	.destroy = destroy,
};
