/* 락(lock)입니다. struct lock과 아래 함수들을 채우세요. 무엇을 해야 하는지는 README.ko.md에 있습니다.
 *
 * 이대로도 빌드되고 로드되지만, 누구나 들여보냅니다: 채점기는 갱신이 사라진다고 할 것입니다. */
#include <stdatomic.h>
#include <syncgrade/lock.h>

struct lock {
	atomic_int unused; /* TODO: 락이 무엇을 기억해야 합니까? */
};

/* 락을 비어 있게 만듭니다. `threads`는 락을 쓸 스레드의 수이고, 스레드의 번호는 0부터 threads - 1까지입니다. */
static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->unused, 0);
	return 0; /* 할 수 없으면 errno 값을 반환합니다 */
}

/* 부른 스레드(`self`번)가 락을 가졌을 때 반환합니다. */
static void acquire(struct lock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	/* TODO: 다른 누구도 락을 갖고 있지 않을 때까지 여기서 기다립니다 */
}

/* 락을 놓습니다. */
static void release(struct lock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	/* TODO: 다른 스레드를 들여보냅니다 */
}

/* init이 할당한 것이 있으면 해제합니다. struct lock 자체는 채점기의 것입니다. */
static void destroy(struct lock *lock)
{
	(void)lock;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.threads_max = 0, /* 0은 LOCK_THREADS_MAX까지 몇이든. 두 스레드만을 위한 알고리즘이면 2 */
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
