/* Ticket lock like at the bakery. */
#include <stdatomic.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_uint next_ticket;
	atomic_uint now_serving;
};

static int init(struct lock *l, unsigned threads)
{
	(void)threads;
	l->next_ticket = 0;
	l->now_serving = 0;
	return 0;
}

static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	unsigned my_ticket = atomic_fetch_add(&l->next_ticket, 1);
	while (l->now_serving != my_ticket)
		;
}

static void release(struct lock *l, unsigned self)
{
	(void)self;
	l->now_serving++;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
};

/* tells: nothing is wrong
 * lines: 16 */
