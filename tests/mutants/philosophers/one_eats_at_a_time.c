/* One mutex for the whole table. */
#include <pthread.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	pthread_mutex_t table;
};

static int init(struct philosophers *table, unsigned philosophers)
{
	(void)philosophers;
	return pthread_mutex_init(&table->table, NULL);
}

static void pick_up(struct philosophers *table, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&table->table);
}

static void put_down(struct philosophers *table, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&table->table);
}

static void destroy(struct philosophers *table)
{
	pthread_mutex_destroy(&table->table);
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
	.destroy = destroy,
};
