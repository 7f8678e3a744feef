/* 래치(count-down latch)입니다. struct latch와 아래 함수들을 채우세요. 무엇을 해야 하는지는 README.ko.md에
 * 있습니다.
 *
 * 이대로도 빌드되고 로드되지만, 누구나 곧바로 지나갑니다: 그러면 무엇이 잘못되는지 채점기가 알려 줄 것입니다. */
#include <latch.h>

#include <stdatomic.h>

struct latch {
	atomic_uint count; /* TODO: 래치가 또 무엇을 기억해야 합니까? */
};

/* 이 수에서 시작하는 래치를 만듭니다. 0이면 처음부터 열려 있습니다. */
static int init(struct latch *latch, unsigned count)
{
	atomic_init(&latch->count, count);
	return 0; /* 할 수 없으면 errno 값을 반환합니다 */
}

/* 수를 하나 줄입니다. 열려 있는 래치는 그대로입니다. */
static void count_down(struct latch *latch)
{
	(void)latch;
	/* TODO */
}

/* 수가 0일 때 반환합니다. */
static void await(struct latch *latch)
{
	(void)latch;
	/* TODO: 그때까지 기다립니다 */
}

/* init이 할당한 것이 있으면 해제합니다. struct latch 자체는 채점기의 것입니다. */
static void destroy(struct latch *latch)
{
	(void)latch;
}

const struct latch_plugin latch_plugin = {
	.abi = LATCH_PLUGIN_ABI,
	.size = sizeof(struct latch),
	.init = init,
	.count_down = count_down,
	.await = await,
	.destroy = destroy,
};
