/* Puts the forks down with a relaxed operation. */
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <syncgrade/philosophers.h>
#include <sys/syscall.h>
#include <unistd.h>

struct philosophers {
	unsigned n;
	atomic_uint taken; /* bit i: the fork between philosophers i and i + 1 */
};

static int init(struct philosophers *table, unsigned philosophers)
{
	table->n = philosophers;
	atomic_init(&table->taken, 0);
	return 0;
}

static unsigned forks_of(const struct philosophers *table, unsigned philosopher)
{
	return 1u << philosopher | 1u << (philosopher + table->n - 1) % table->n;
}

static void pick_up(struct philosophers *table, unsigned self)
{
	unsigned mine = forks_of(table, self), taken = atomic_load_explicit(&table->taken, memory_order_relaxed);
	for (;;) {
		if ((taken & mine) != 0) {
			syscall(SYS_futex, &table->taken, FUTEX_WAIT, taken, NULL, NULL, 0);
			taken = atomic_load_explicit(&table->taken, memory_order_relaxed);
		} else if (atomic_compare_exchange_strong_explicit(&table->taken, &taken, taken | mine,
								   memory_order_acquire, memory_order_relaxed)) {
			return;
		}
	}
}

/* All of them are woken: which of them this concerns, the kernel does not know. */
static void put_down(struct philosophers *table, unsigned self)
{
	atomic_fetch_and_explicit(&table->taken, ~forks_of(table, self), memory_order_relaxed);
	syscall(SYS_futex, &table->taken, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.threads_max = 0, /* any number up to PHILOSOPHERS_MAX */
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
};
