/* 물 분자입니다. struct h2o와 아래 함수들을 채우세요. 무엇을 해야 하는지는 README.ko.md에 있습니다.
 *
 * 이대로도 빌드되고 로드되지만, 모든 원자에게 0번 분자의 일부라고 합니다: 그러면 무엇이 잘못되는지 채점기가 알려
 * 줄 것입니다. */
#include <h2o.h>

#include <stdatomic.h>

struct h2o {
	atomic_uint unused; /* TODO: 무엇을 기억해야 합니까? */
};

/* 기다리는 원자가 없는 h2o를 만듭니다. */
static int init(struct h2o *h2o)
{
	atomic_init(&h2o->unused, 0);
	return 0; /* 할 수 없으면 errno 값을 반환합니다 */
}

/* 수소가 옵니다. 자기가 속하게 된 분자의 번호를 반환합니다. */
static uint64_t hydrogen(struct h2o *h2o)
{
	(void)h2o;
	/* TODO: 다른 수소 하나와 산소 하나를 기다립니다 */
	return 0;
}

/* 산소가 옵니다. 자기가 속하게 된 분자의 번호를 반환합니다. */
static uint64_t oxygen(struct h2o *h2o)
{
	(void)h2o;
	/* TODO: 수소 둘을 기다립니다 */
	return 0;
}

/* init이 할당한 것이 있으면 해제합니다. struct h2o 자체는 채점기의 것입니다. */
static void destroy(struct h2o *h2o)
{
	(void)h2o;
}

const struct h2o_plugin h2o_plugin = {
	.abi = H2O_PLUGIN_ABI,
	.size = sizeof(struct h2o),
	.init = init,
	.hydrogen = hydrogen,
	.oxygen = oxygen,
	.destroy = destroy,
};
