/* 계수 세마포어(counting semaphore)입니다. struct semaphore와 아래 함수들을 채우세요. 무엇을 해야 하는지는
 * README.ko.md에 있습니다.
 *
 * 이대로도 빌드되고 로드되지만, 누구나 지나가게 합니다: 그러면 무엇이 잘못되는지 채점기가 알려 줄 것입니다. */
#include <stdatomic.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	atomic_uint value; /* TODO: 세마포어가 또 무엇을 기억해야 합니까? */
};

/* 허가가 `value`개인 세마포어를 만듭니다. */
static int init(struct semaphore *semaphore, unsigned value)
{
	atomic_init(&semaphore->value, value);
	return 0; /* 할 수 없으면 errno 값을 반환합니다 */
}

/* 허가를 하나 얻습니다. 없으면 생길 때까지 기다립니다. */
static void wait(struct semaphore *semaphore)
{
	(void)semaphore;
	/* TODO */
}

/* 허가를 하나 돌려주고, 기다리는 스레드가 있으면 하나를 지나가게 합니다. */
static void signal(struct semaphore *semaphore)
{
	(void)semaphore;
	/* TODO */
}

/* init이 할당한 것이 있으면 해제합니다. struct semaphore 자체는 채점기의 것입니다. */
static void destroy(struct semaphore *semaphore)
{
	(void)semaphore;
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
	.destroy = destroy,
};
