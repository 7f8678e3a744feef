/* The waiter wakes one of those who wait. */
#include <errno.h>
#include <stdbool.h>
#include <syncgrade/philosophers.h>
#include <threads.h>

struct philosophers {
	unsigned n;
	mtx_t mutex;
	cnd_t changed;
	unsigned next, served; /* tickets; protected by the mutex, as is what follows */
	bool fork_taken[PHILOSOPHERS_MAX];
};

static int init(struct philosophers *table, unsigned philosophers)
{
	table->n = philosophers;
	table->next = table->served = 0;
	for (unsigned i = 0; i < philosophers; i++)
		table->fork_taken[i] = false;
	if (mtx_init(&table->mutex, mtx_plain) != thrd_success || cnd_init(&table->changed) != thrd_success)
		return ENOMEM;
	return 0;
}

static void pick_up(struct philosophers *table, unsigned self)
{
	bool *right = &table->fork_taken[self], *left = &table->fork_taken[(self + table->n - 1) % table->n];
	mtx_lock(&table->mutex);
	unsigned ticket = table->next++;
	while (ticket != table->served || *left || *right)
		cnd_wait(&table->changed, &table->mutex);
	*left = *right = true;
	table->served++;
	cnd_signal(&table->changed);
	mtx_unlock(&table->mutex);
}

static void put_down(struct philosophers *table, unsigned self)
{
	mtx_lock(&table->mutex);
	table->fork_taken[self] = false;
	table->fork_taken[(self + table->n - 1) % table->n] = false;
	cnd_signal(&table->changed);
	mtx_unlock(&table->mutex);
}

static void destroy(struct philosophers *table)
{
	cnd_destroy(&table->changed);
	mtx_destroy(&table->mutex);
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.threads_max = 0, /* any number up to PHILOSOPHERS_MAX */
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
	.destroy = destroy,
};
