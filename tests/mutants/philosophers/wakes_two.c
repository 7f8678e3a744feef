/* Two are woken whenever forks are put down, whoever they are. */
#include <pthread.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	unsigned n;
	pthread_mutex_t mutex;
	pthread_cond_t changed; /* for all of them */
	enum { THINKING, HUNGRY, EATING } state[PHILOSOPHERS_MAX];
};

static int init(struct philosophers *table, unsigned philosophers)
{
	int error = pthread_mutex_init(&table->mutex, NULL);
	table->n = philosophers;
	for (unsigned i = 0; i < philosophers; i++)
		table->state[i] = THINKING;
	return error != 0 ? error : pthread_cond_init(&table->changed, NULL);
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
	    table->state[right_of(table, philosopher)] != EATING)
		table->state[philosopher] = EATING;
}

static void pick_up(struct philosophers *table, unsigned self)
{
	pthread_mutex_lock(&table->mutex);
	table->state[self] = HUNGRY;
	test(table, self);
	while (table->state[self] != EATING)
		pthread_cond_wait(&table->changed, &table->mutex);
	pthread_mutex_unlock(&table->mutex);
}

/* As many as may be able to eat now. */
static void put_down(struct philosophers *table, unsigned self)
{
	pthread_mutex_lock(&table->mutex);
	table->state[self] = THINKING;
	test(table, left_of(table, self));
	test(table, right_of(table, self));
	pthread_cond_signal(&table->changed);
	pthread_cond_signal(&table->changed);
	pthread_mutex_unlock(&table->mutex);
}

static void destroy(struct philosophers *table)
{
	pthread_cond_destroy(&table->changed);
	pthread_mutex_destroy(&table->mutex);
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
