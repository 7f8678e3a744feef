/* 거듭 쓸 수 있는 배리어(barrier)입니다. struct barrier와 아래 함수들을 채우세요. 무엇을 해야 하는지는
 * README.ko.md에 있습니다.
 *
 * 이대로도 빌드되고 로드되지만, 누구나 곧바로 지나갑니다: 그러면 무엇이 잘못되는지 채점기가 알려 줄 것입니다. */
#include <stdatomic.h>
#include <syncgrade/barrier.h>

struct barrier {
	unsigned threads;
	atomic_uint arrived; /* TODO: 배리어가 또 무엇을 기억해야 합니까? */
};

/* 스레드 `threads`개를 위한, 아무도 기다리지 않는 배리어를 만듭니다. 스레드의 번호는 0부터 threads -
 * 1까지입니다. */
static int init(struct barrier *barrier, unsigned threads)
{
	barrier->threads = threads;
	atomic_init(&barrier->arrived, 0);
	return 0; /* 할 수 없으면 errno 값을 반환합니다 */
}

/* `self`번 스레드가 도착했습니다. 모두 도착했을 때 반환합니다. */
static void wait(struct barrier *barrier, unsigned self)
{
	(void)self;
	atomic_fetch_add(&barrier->arrived, 1);
	/* TODO: 모두 도착할 때까지 기다리고, 다음 차례를 준비합니다 */
}

/* init이 할당한 것이 있으면 해제합니다. struct barrier 자체는 채점기의 것입니다. */
static void destroy(struct barrier *barrier)
{
	(void)barrier;
}

const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI,
	.threads_max = 0, /* 0은 BARRIER_THREADS_MAX까지 몇이든 */
	.size = sizeof(struct barrier),
	.init = init,
	.wait = wait,
	.destroy = destroy,
};
