/* Nobody can be disturbed if only one eats. */
#include <pthread.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	pthread_mutex_t table;
};

static int init(struct philosophers *t, unsigned philosophers)
{
	(void)philosophers;
	pthread_mutex_init(&t->table, NULL);
	return 0;
}

static void pick_up(struct philosophers *t, unsigned self)
{
	(void)self;
	pthread_mutex_lock(&t->table);
}

static void put_down(struct philosophers *t, unsigned self)
{
	(void)self;
	pthread_mutex_unlock(&t->table);
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
};

/* tells: Philosophers who are no neighbours could not eat at the same time, although nobody else wanted to.
 * lines: 22 */
