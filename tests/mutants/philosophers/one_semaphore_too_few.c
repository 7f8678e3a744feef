/* Takes memory for a fork less than there are philosophers. */
#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	unsigned n;
	sem_t room;
	sem_t *fork; /* n of them; fork i lies between philosophers i and i + 1 */
};

static int init(struct philosophers *table, unsigned philosophers)
{
	table->n = philosophers;
	table->fork = calloc(philosophers - 1, sizeof(*table->fork));
	if (table->fork == NULL)
		return ENOMEM;
	if (sem_init(&table->room, 0, philosophers - 1) < 0)
		return errno;
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
	down(&table->room);
	down(&table->fork[self]);
	down(&table->fork[(self + table->n - 1) % table->n]);
}

static void put_down(struct philosophers *table, unsigned self)
{
	sem_post(&table->fork[self]);
	sem_post(&table->fork[(self + table->n - 1) % table->n]);
	sem_post(&table->room);
}

static void destroy(struct philosophers *table)
{
	for (unsigned i = 0; i < table->n; i++)
		sem_destroy(&table->fork[i]);
	sem_destroy(&table->room);
	free(table->fork);
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
