/* The first turnstile is not locked again. */
#include <errno.h>
#include <semaphore.h>
#include <syncgrade/barrier.h>

struct barrier {
	sem_t mutex;              /* for `inside` */
	sem_t arrival, departure; /* turnstiles: one of them is locked at any time */
	unsigned threads, inside;
};

static int init(struct barrier *barrier, unsigned threads)
{
	barrier->threads = threads;
	barrier->inside = 0;
	if (sem_init(&barrier->mutex, 0, 1) < 0 || sem_init(&barrier->arrival, 0, 0) < 0 ||
	    sem_init(&barrier->departure, 0, 1) < 0)
		return errno;
	return 0;
}

/* sem_wait may be interrupted by a signal. */
static void down(sem_t *semaphore)
{
	while (sem_wait(semaphore) < 0 && errno == EINTR)
		;
}

static void pass(sem_t *turnstile)
{
	down(turnstile);
	sem_post(turnstile);
}

static void wait(struct barrier *barrier, unsigned self)
{
	(void)self;
	down(&barrier->mutex);
	if (++barrier->inside == barrier->threads) {
		down(&barrier->departure);
		sem_post(&barrier->arrival);
	}
	sem_post(&barrier->mutex);
	pass(&barrier->arrival);

	down(&barrier->mutex);
	if (--barrier->inside == 0) {
		sem_post(&barrier->departure);
	}
	sem_post(&barrier->mutex);
	pass(&barrier->departure);
}

static void destroy(struct barrier *barrier)
{
	sem_destroy(&barrier->departure);
	sem_destroy(&barrier->arrival);
	sem_destroy(&barrier->mutex);
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
	.destroy = destroy,
};
