/* 식사하는 철학자들입니다. struct philosophers와 아래 함수들을 채우세요. 무엇을 해야 하는지는 README.ko.md에
 * 있습니다.
 *
 * 이대로도 빌드되고 로드되지만, 누구나 아무 때나 먹습니다: 이웃끼리 어떻게 되는지 채점기가 알려 줄 것입니다. */
#include <stdatomic.h>
#include <syncgrade/philosophers.h>

struct philosophers {
	unsigned n;
	atomic_int unused; /* TODO: 식탁이 무엇을 기억해야 합니까? */
};

/* 이만큼의 철학자를 위해 식탁을 차립니다. 철학자의 번호는 0부터 philosophers - 1까지입니다. */
static int init(struct philosophers *table, unsigned philosophers)
{
	table->n = philosophers;
	atomic_init(&table->unused, 0);
	return 0; /* 할 수 없으면 errno 값을 반환합니다 */
}

/* 철학자 `self`가 자기 포크 두 개를 모두 가졌을 때 반환합니다. */
static void pick_up(struct philosophers *table, unsigned self)
{
	unsigned left = (self + table->n - 1) % table->n, right = (self + 1) % table->n;
	(void)left;
	(void)right;
	/* TODO: 두 이웃 가운데 하나가 먹는 동안 여기서 기다립니다 */
}

/* 철학자 `self`가 다 먹었습니다. */
static void put_down(struct philosophers *table, unsigned self)
{
	(void)table;
	(void)self;
	/* TODO: 이제 누가 먹어도 됩니까? */
}

/* init이 할당한 것이 있으면 해제합니다. struct philosophers 자체는 채점기의 것입니다. */
static void destroy(struct philosophers *table)
{
	(void)table;
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.threads_max = 0, /* 0은 PHILOSOPHERS_MAX까지 몇이든 */
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
	.destroy = destroy,
};
