/* Wrong: whoever waits for one of the two forks is a sleeper who matches, and only one of them is woken. */
#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/philosophers.h>
#include <sys/syscall.h>
#include <unistd.h>

/* All forks are bits of one word. */
struct philosophers {
	atomic_uint taken;
	unsigned n;
};

static int init(struct philosophers *table, unsigned philosophers)
{
	atomic_init(&table->taken, 0);
	table->n = philosophers;
	return 0;
}

static unsigned forks_of(const struct philosophers *table, unsigned self)
{
	return 1u << self | 1u << (self + 1) % table->n;
}

static void pick_up(struct philosophers *table, unsigned self)
{
	unsigned forks = forks_of(table, self), seen = atomic_load(&table->taken);

	for (;;) {
		if ((seen & forks) != 0) {
			syscall(SYS_futex, &table->taken, FUTEX_WAIT_BITSET, seen, NULL, NULL, forks);
			seen = atomic_load(&table->taken);
		} else if (atomic_compare_exchange_weak(&table->taken, &seen, seen | forks)) {
			return;
		}
	}
}

static void put_down(struct philosophers *table, unsigned self)
{
	unsigned forks = forks_of(table, self);

	atomic_fetch_and(&table->taken, ~forks);
	syscall(SYS_futex, &table->taken, FUTEX_WAKE_BITSET, 1, NULL, NULL, forks);
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
};
