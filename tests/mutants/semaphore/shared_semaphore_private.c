/* The semaphore of the library, initialized for the threads of one process. */
#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	sem_t permits;
};

static int init(struct semaphore *semaphore, unsigned value)
{
	return sem_init(&semaphore->permits, 0, value) == 0 ? 0 : errno;
}

static void wait(struct semaphore *semaphore)
{
	while (sem_wait(&semaphore->permits) != 0)
		if (errno != EINTR)
			abort();
}

static void signal(struct semaphore *semaphore)
{
	if (sem_post(&semaphore->permits) != 0)
		abort();
}

static void destroy(struct semaphore *semaphore)
{
	sem_destroy(&semaphore->permits);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
	.destroy = destroy,
};
