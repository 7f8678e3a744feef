/* A fork is taken if it is not free. */
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	atomic_bool taken[PHILOSOPHERS_MAX];
	unsigned n;
};

static int init(struct philosophers *t, unsigned philosophers)
{
	t->n = philosophers;
	for (unsigned i = 0; i < philosophers; i++)
		t->taken[i] = false;
	return 0;
}

static void pick_up(struct philosophers *t, unsigned self)
{
	unsigned left = self, right = (self + 1) % t->n;
	while (t->taken[left] || t->taken[right])
		sched_yield();
	t->taken[left] = true;
	t->taken[right] = true;
}

static void put_down(struct philosophers *t, unsigned self)
{
	t->taken[self] = false;
	t->taken[(self + 1) % t->n] = false;
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
};

/* tells: eat at the same time, though they share a fork.
 * lines: 34 */
