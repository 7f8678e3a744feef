/* Puts the fork on the left of his own and the one before it down, instead of his two. */
#include <errno.h>
#include <semaphore.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	unsigned n;
	sem_t fork[PHILOSOPHERS_MAX]; /* fork i lies between philosophers i and i + 1 */
};

static int init(struct philosophers *table, unsigned philosophers)
{
	table->n = philosophers;
	for (unsigned i = 0; i < philosophers; i++) {
		if (sem_init(&table->fork[i], 0, 1) < 0)
			return errno;
	}
	return 0;
}

/* sem_wait may be interrupted by a signal. */
static void down(sem_t *semaphore)
{
	while (sem_wait(semaphore) < 0 && errno == EINTR)
		;
}

static void pick_up(struct philosophers *table, unsigned self)
{
	sem_t *right = &table->fork[self], *left = &table->fork[(self + table->n - 1) % table->n];
	down(self == 0 ? left : right);
	down(self == 0 ? right : left);
}

static void put_down(struct philosophers *table, unsigned self)
{
	sem_post(&table->fork[(self + table->n - 1) % table->n]);
	sem_post(&table->fork[(self + 1) % table->n]);
}

static void destroy(struct philosophers *table)
{
	for (unsigned i = 0; i < table->n; i++)
		sem_destroy(&table->fork[i]);
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
