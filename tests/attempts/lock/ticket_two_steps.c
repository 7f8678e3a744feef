/* Ticket lock: everybody draws a number. */
#include <stdatomic.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_uint next;
	atomic_uint serving;
};

static int init(struct lock *l, unsigned threads)
{
	(void)threads;
	l->next = 0;
	l->serving = 0;
	return 0;
}

static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	unsigned mine = l->next;
	l->next = mine + 1;
	while (l->serving != mine)
		;
}

static void release(struct lock *l, unsigned self)
{
	(void)self;
	l->serving = l->serving + 1;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};

/* tells: reads lock->next (line 21) and writes it (line 22): between the two
 * lines: 38 */
