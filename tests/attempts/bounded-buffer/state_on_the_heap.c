/* What threads share lies in a block of the heap; the wait is an “if”. */
#include <pthread.h>
#include <stdlib.h>
#include <syncgrade/bounded_buffer.h>

struct state {
	pthread_mutex_t m;
	pthread_cond_t c;
	unsigned n;
};
struct bounded_buffer {
	struct state *s;
	uint64_t *items;
	unsigned size, in, out;
};

static int init(struct bounded_buffer *b, unsigned size)
{
	b->s = malloc(sizeof *b->s);
	b->items = malloc(size * sizeof *b->items);
	pthread_mutex_init(&b->s->m, NULL);
	pthread_cond_init(&b->s->c, NULL);
	b->s->n = 0;
	b->size = size;
	b->in = b->out = 0;
	return 0;
}

static void put(struct bounded_buffer *b, uint64_t item)
{
	pthread_mutex_lock(&b->s->m);
	if (b->s->n == b->size)
		pthread_cond_wait(&b->s->c, &b->s->m);
	b->items[b->in] = item;
	b->in = (b->in + 1) % b->size;
	b->s->n++;
	pthread_cond_signal(&b->s->c);
	pthread_mutex_unlock(&b->s->m);
}

static uint64_t get(struct bounded_buffer *b)
{
	pthread_mutex_lock(&b->s->m);
	if (b->s->n == 0)
		pthread_cond_wait(&b->s->c, &b->s->m);
	uint64_t item = b->items[b->out];
	b->out = (b->out + 1) % b->size;
	b->s->n--;
	pthread_cond_signal(&b->s->c);
	pthread_mutex_unlock(&b->s->m);
	return item;
}

static void destroy(struct bounded_buffer *b)
{
	free(b->items);
	free(b->s);
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
	.destroy = destroy,
};

/* tells: pthread_cond_wait may return for no reason, as here (line 45)
 * lines: 42 */
