/* A counting semaphore. Fill in struct semaphore and the functions below; README.md says what they have to do.
 *
 * As it stands, this builds, loads, and lets everybody through: the grader will say what goes wrong then. */
#include <stdatomic.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	atomic_uint value; /* TODO: what else does your semaphore have to remember? */
};

/* Makes a semaphore with `value` permits. */
static int init(struct semaphore *semaphore, unsigned value)
{
	atomic_init(&semaphore->value, value);
	return 0; /* or an errno value, if it cannot be done */
}

/* Takes a permit; waits until there is one. */
static void wait(struct semaphore *semaphore)
{
	(void)semaphore;
	/* TODO */
}

/* Gives a permit, and lets one waiting thread through, if there is any. */
static void signal(struct semaphore *semaphore)
{
	(void)semaphore;
	/* TODO */
}

/* Frees what init has allocated, if it has. The struct semaphore itself belongs to the grader. */
static void destroy(struct semaphore *semaphore)
{
	(void)semaphore;
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
	.destroy = destroy,
};
