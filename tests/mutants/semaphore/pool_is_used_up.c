/* The semaphores lie in a static table, and destroy() gives no place back: there is an end to them. */
#include <errno.h>
#include <semaphore.h>
#include <syncgrade/semaphore.h>

#define PLACES 16

static sem_t pool[PLACES];
static unsigned made;

struct semaphore {
	sem_t *sem;
};

static int init(struct semaphore *semaphore, unsigned value)
{
	if (made == PLACES)
		return ENOMEM;
	semaphore->sem = &pool[made++];
	return sem_init(semaphore->sem, 0, value) == 0 ? 0 : errno;
}

static void wait(struct semaphore *semaphore)
{
	while (sem_wait(semaphore->sem) != 0)
		;
}

static void signal(struct semaphore *semaphore)
{
	sem_post(semaphore->sem);
}

static void destroy(struct semaphore *semaphore)
{
	sem_destroy(semaphore->sem);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
	.destroy = destroy,
};
