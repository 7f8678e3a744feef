/* A flag for each fork, taken in the order of their numbers by spinning. Nobody knows who came first. */
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	unsigned n;
	atomic_flag fork[PHILOSOPHERS_MAX]; /* fork i lies between philosophers i and i + 1 */
};

static int init(struct philosophers *table, unsigned philosophers)
{
	table->n = philosophers;
	for (unsigned i = 0; i < philosophers; i++)
		atomic_flag_clear(&table->fork[i]);
	return 0;
}

static void take(atomic_flag *fork)
{
	while (atomic_flag_test_and_set_explicit(fork, memory_order_acquire))
		sched_yield();
}

static void pick_up(struct philosophers *table, unsigned self)
{
	unsigned left = (self + table->n - 1) % table->n;
	take(&table->fork[left < self ? left : self]);
	take(&table->fork[left < self ? self : left]);
}

static void put_down(struct philosophers *table, unsigned self)
{
	atomic_flag_clear_explicit(&table->fork[self], memory_order_release);
	atomic_flag_clear_explicit(&table->fork[(self + table->n - 1) % table->n], memory_order_release);
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.threads_max = 0, /* any number up to PHILOSOPHERS_MAX */
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
};
