// expect: fail memory-safety|data-race|lost-wakeup|progress
// needs: threads=2 rounds=1
// engine: any
// why: a consumer that waits leaves a node from the heap; the producer marks it served under the mutex and signals its
// condition variable after unlocking: the consumer may have seen the mark, destroyed and freed the node. interleaving:
// T1 waits. T0 serves it, unlocks. T1 is woken for no reason (or has not slept yet), sees the mark, frees the node. T0
// signals in freed memory.
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <syncgrade/bounded_buffer.h>

struct node {
	struct node *next;
	uint64_t item;
	bool served;
	pthread_cond_t cv;
};

struct bounded_buffer {
	pthread_mutex_t m;
	pthread_cond_t room;
	struct node *first, **last; /* waiting consumers */
	unsigned cap, n, out;
	uint64_t a[BOUNDED_BUFFER_CAPACITY_MAX];
};

static int init(struct bounded_buffer *b, unsigned capacity)
{
	b->first = NULL;
	b->last = &b->first;
	b->cap = capacity;
	b->n = b->out = 0;
	pthread_cond_init(&b->room, NULL);
	return pthread_mutex_init(&b->m, NULL);
}

static void put(struct bounded_buffer *b, uint64_t item)
{
	struct node *w;

	pthread_mutex_lock(&b->m);
	while (b->n == b->cap)
		pthread_cond_wait(&b->room, &b->m);
	if ((w = b->first) != NULL) {
		if ((b->first = w->next) == NULL)
			b->last = &b->first;
		w->item = item;
		w->served = true;
		pthread_cond_signal(&w->cv);
	} else {
		b->a[(b->out + b->n++) % b->cap] = item;
	}
	pthread_mutex_unlock(&b->m);
	if (w != NULL)
		pthread_cond_signal(&w->cv);
}

static uint64_t get(struct bounded_buffer *b)
{
	uint64_t item;

	pthread_mutex_lock(&b->m);
	if (b->n > 0) {
		item = b->a[b->out];
		b->out = (b->out + 1) % b->cap;
		b->n--;
		pthread_cond_signal(&b->room);
	} else {
		struct node *me = calloc(1, sizeof *me);
		if (me == NULL)
			abort();
		pthread_cond_init(&me->cv, NULL);
		*b->last = me;
		b->last = &me->next;
		while (!me->served)
			pthread_cond_wait(&me->cv, &b->m);
		item = me->item;
		pthread_cond_destroy(&me->cv);
		free(me);
	}
	pthread_mutex_unlock(&b->m);
	return item;
}

static void destroy(struct bounded_buffer *b)
{
	pthread_mutex_destroy(&b->m);
	pthread_cond_destroy(&b->room);
}

const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI,
	.size = sizeof(struct bounded_buffer),
	.init = init,
	.put = put,
	.get = get,
	.destroy = destroy,
};
