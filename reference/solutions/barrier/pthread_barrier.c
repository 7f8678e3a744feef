/* What POSIX threads have. */
#include <pthread.h>
#include <syncgrade/barrier.h>

struct barrier {
	pthread_barrier_t barrier;
};

static int init(struct barrier *barrier, unsigned threads)
{
	return pthread_barrier_init(&barrier->barrier, NULL, threads);
}

static void wait(struct barrier *barrier, unsigned self)
{
	(void)self;
	pthread_barrier_wait(&barrier->barrier);
}

static void destroy(struct barrier *barrier)
{
	pthread_barrier_destroy(&barrier->barrier);
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
	.destroy = destroy,
};
