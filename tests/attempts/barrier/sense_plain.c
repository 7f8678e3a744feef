/* Sense-reversing barrier. */
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/barrier.h>

struct barrier {
	atomic_uint left;
	unsigned n;
	bool sense;
};

static int init(struct barrier *b, unsigned threads)
{
	b->left = threads;
	b->n = threads;
	b->sense = false;
	return 0;
}

static void wait(struct barrier *b, unsigned self)
{
	(void)self;
	bool my_sense = !b->sense;
	if (atomic_fetch_sub(&b->left, 1) == 1) {
		b->left = b->n;
		b->sense = my_sense;
	} else {
		while (b->sense != my_sense)
			;
	}
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
};

/* tells: What is not atomic, the compiler may read once, before the loop.
 * lines: 29 */
