/* SOURCE: Kistler-Group/sdbus-cpp#109 (and #108): notify after the waiter's mutex has been unlocked; a spurious wake-up
 * in between lets the waiter go, and the condition variable is destroyed before it is notified. RIGHT: memory-safety
 * must fail (a destroyed condition variable, in a stack frame that is gone, is signalled). REASON: w->go is set under
 * w->m; once that is unlocked the waiter may see it (having slept on nothing yet, or woken spuriously), destroy both
 * and return: pthread_cond_signal(&w->c) then has no object. */
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
