/* Is noted as hungry after the meal. */
#include <errno.h>
#include <semaphore.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	unsigned n;
	sem_t mutex; /* for the states */
	enum { THINKING, HUNGRY, EATING } state[PHILOSOPHERS_MAX];
	sem_t may_eat[PHILOSOPHERS_MAX]; /* raised when its philosopher has begun to eat */
};

static int init(struct philosophers *table, unsigned philosophers)
{
	table->n = philosophers;
	if (sem_init(&table->mutex, 0, 1) < 0)
		return errno;
	for (unsigned i = 0; i < philosophers; i++) {
		table->state[i] = THINKING;
		if (sem_init(&table->may_eat[i], 0, 0) < 0)
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

static unsigned left_of(const struct philosophers *table, unsigned philosopher)
{
	return (philosopher + table->n - 1) % table->n;
}

static unsigned right_of(const struct philosophers *table, unsigned philosopher)
{
	return (philosopher + 1) % table->n;
}

static void test(struct philosophers *table, unsigned philosopher)
{
	if (table->state[philosopher] == HUNGRY && table->state[left_of(table, philosopher)] != EATING &&
	    table->state[right_of(table, philosopher)] != EATING) {
		table->state[philosopher] = EATING;
		sem_post(&table->may_eat[philosopher]);
	}
}

static void pick_up(struct philosophers *table, unsigned self)
{
	down(&table->mutex);
	table->state[self] = HUNGRY;
	test(table, self);
	sem_post(&table->mutex);
	down(&table->may_eat[self]);
}

static void put_down(struct philosophers *table, unsigned self)
{
	down(&table->mutex);
	table->state[self] = HUNGRY;
	test(table, left_of(table, self));
	test(table, right_of(table, self));
	sem_post(&table->mutex);
}

static void destroy(struct philosophers *table)
{
	for (unsigned i = 0; i < table->n; i++)
		sem_destroy(&table->may_eat[i]);
	sem_destroy(&table->mutex);
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
