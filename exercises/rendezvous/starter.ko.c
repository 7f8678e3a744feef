/* 랑데부(rendezvous)입니다. struct rendezvous와 아래 함수들을 채우세요. 무엇을 해야 하는지는 README.ko.md에
 * 있습니다.
 *
 * 이대로도 빌드되고 로드되지만, 누구에게나 자기가 가져온 것을 돌려줍니다: 그러면 무엇이 잘못되는지 채점기가 알려
 * 줄 것입니다. */
#include <rendezvous.h>

#include <stdatomic.h>

struct rendezvous {
	atomic_uint unused; /* TODO: 무엇을 기억해야 합니까? */
};

/* 아무도 기다리지 않는 랑데부를 만듭니다. */
static int init(struct rendezvous *rendezvous)
{
	atomic_init(&rendezvous->unused, 0);
	return 0; /* 할 수 없으면 errno 값을 반환합니다 */
}

/* 다른 스레드를 만나, 그 스레드가 가져온 것을 반환합니다. */
static uint64_t exchange(struct rendezvous *rendezvous, uint64_t item)
{
	(void)rendezvous;
	/* TODO: 상대를 기다립니다 */
	return item;
}

/* init이 할당한 것이 있으면 해제합니다. struct rendezvous 자체는 채점기의 것입니다. */
static void destroy(struct rendezvous *rendezvous)
{
	(void)rendezvous;
}

const struct rendezvous_plugin rendezvous_plugin = {
	.abi = RENDEZVOUS_PLUGIN_ABI,
	.size = sizeof(struct rendezvous),
	.init = init,
	.exchange = exchange,
	.destroy = destroy,
};
