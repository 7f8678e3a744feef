/* Nobody waits for anybody. */
#include <syncgrade/philosophers.h>

struct philosophers {
	unsigned n;
};

static int init(struct philosophers *table, unsigned philosophers)
{
	table->n = philosophers;
	return 0;
}

static void pick_up(struct philosophers *table, unsigned self)
{
	(void)table;
	(void)self;
}

static void put_down(struct philosophers *table, unsigned self)
{
	(void)table;
	(void)self;
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
};
