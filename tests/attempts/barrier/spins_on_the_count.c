/* Everybody counts up and waits for the count. */
#include <stdatomic.h>
#include <syncgrade/barrier.h>

struct barrier {
	atomic_uint count;
	unsigned n;
};

static int init(struct barrier *b, unsigned threads)
{
	b->count = 0;
	b->n = threads;
	return 0;
}

static void wait(struct barrier *b, unsigned self)
{
	(void)self;
	b->count++;
	while (b->count < b->n)
		;
	b->count = 0;
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};

/* tells: phases/progress: Deadlock: thread 0 waits in wait(), thread 1 waits in wait()
 * lines: 32 */
