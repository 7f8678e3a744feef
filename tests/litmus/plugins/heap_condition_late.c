/* Signalled after the mutex was unlocked: who waits may have seen it, destroyed both and freed them. */
// test: semaphore-counter | -t 2 -r 1 -p 0x400 | memory-safety: FAIL .*destroys a condition variable while
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <syncgrade/semaphore.h>

struct waiter {
	struct waiter *behind;
	pthread_mutex_t m;
	pthread_cond_t c;
	bool go;
};

struct semaphore {
	pthread_mutex_t mutex;
	unsigned permits;
	struct waiter *first, *last;
};

static int init(struct semaphore *s, unsigned value)
{
	s->permits = value;
	s->first = s->last = NULL;
	return pthread_mutex_init(&s->mutex, NULL);
}

static void wait(struct semaphore *s)
{
	struct waiter *w = NULL;
	pthread_mutex_lock(&s->mutex);
	if (s->permits > 0) {
		s->permits--;
		pthread_mutex_unlock(&s->mutex);
		return;
	}
	w = malloc(sizeof *w);
	w->behind = NULL;
	w->go = false;
	pthread_mutex_init(&w->m, NULL);
	pthread_cond_init(&w->c, NULL);
	if (s->first == NULL)
		s->first = w;
	else
		s->last->behind = w;
	s->last = w;
	pthread_mutex_unlock(&s->mutex);
	pthread_mutex_lock(&w->m);
	while (!w->go)
		pthread_cond_wait(&w->c, &w->m);
	pthread_mutex_unlock(&w->m);
	pthread_cond_destroy(&w->c);
	pthread_mutex_destroy(&w->m);
	free(w);
}

static void signal(struct semaphore *s)
{
	pthread_mutex_lock(&s->mutex);
	struct waiter *w = s->first;
	if (w == NULL)
		s->permits++;
	else
		s->first = w->behind;
	pthread_mutex_unlock(&s->mutex);
	if (w != NULL) {
		pthread_mutex_lock(&w->m);
		w->go = true;
		pthread_mutex_unlock(&w->m);
		pthread_cond_signal(&w->c);
	}
}

static void destroy(struct semaphore *s)
{
	pthread_mutex_destroy(&s->mutex);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
	.destroy = destroy,
};
