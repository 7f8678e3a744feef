/* A lock as the explorer's peers take it: -include its source; THREADS threads, each ROUNDS times between acquire() and
 * release(), where it counts. */
#include <assert.h>
#include <pthread.h>
#include <stdint.h>

/* Not theirs, and nothing to them. */
int sched_yield(void)
{
	return 0;
}

static struct lock the_lock;
static unsigned counter;

static void *run(void *argument)
{
	unsigned self = (unsigned)(uintptr_t)argument;
	for (unsigned round = 0; round < ROUNDS; round++) {
		acquire(&the_lock, self);
		counter++;
		release(&the_lock, self);
	}
	return 0;
}

int main(void)
{
	pthread_t thread[THREADS];
	init(&the_lock, THREADS);
	for (unsigned i = 0; i < THREADS; i++)
		pthread_create(&thread[i], 0, run, (void *)(uintptr_t)i);
	for (unsigned i = 0; i < THREADS; i++)
		pthread_join(thread[i], 0);
	assert(counter == THREADS * ROUNDS);
	return 0;
}
