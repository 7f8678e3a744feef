/* SOURCE: the pattern of nickhutchinson/libdispatch#18 / glibc BZ#12674 before 2.21 and LLVM#169743: the one who is let
 * go sees it and frees the semaphore before it is posted. RIGHT: memory-safety must fail: `granted` is stored before
 * sem_post(&w->go); the waiter looks at granted first, frees, returns; then sem_post acts on freed memory. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <syncgrade/semaphore.h>

struct waiter {
	struct waiter *behind;
	atomic_int granted;
	sem_t go;
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
	pthread_mutex_lock(&s->mutex);
	if (s->permits > 0) {
		s->permits--;
		pthread_mutex_unlock(&s->mutex);
		return;
	}
	struct waiter *w = malloc(sizeof *w);
	w->behind = NULL;
	atomic_init(&w->granted, 0);
	sem_init(&w->go, 0, 0);
	if (s->first == NULL)
		s->first = w;
	else
		s->last->behind = w;
	s->last = w;
	pthread_mutex_unlock(&s->mutex);
	while (!w->granted)
		sem_wait(&w->go);
	sem_destroy(&w->go);
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
		w->granted = 1;
		sem_post(&w->go);
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
