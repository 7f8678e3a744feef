/* 읽는 쪽을 우선하는 읽기-쓰기 락입니다. struct rwlock과 아래 함수들을 채우세요. 무엇을 해야 하는지는
 * README.ko.md에 있습니다.
 *
 * 이대로도 빌드되고 로드되지만, 누구나 들여보냅니다: 그러면 읽는 스레드가 무엇을 보게 되는지 채점기가 알려 줄
 * 것입니다. */
#include <stdatomic.h>
#include <syncgrade/rwlock.h>

struct rwlock {
	atomic_int unused; /* TODO: 락이 무엇을 기억해야 합니까? */
};

/* 락을 비어 있게 만듭니다. `threads`는 락을 쓸 스레드의 수이고, 스레드의 번호는 0부터 threads - 1까지입니다. */
static int init(struct rwlock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->unused, 0);
	return 0; /* 할 수 없으면 errno 값을 반환합니다 */
}

/* 부른 스레드(`self`번)가 읽어도 될 때 반환합니다: 쓰는 스레드가 없어야 하고, 다른 스레드가 읽는 동안이면 곧바로
 * 반환합니다. */
static void acquire_read(struct rwlock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	/* TODO: 누가 쓰는 동안 여기서 기다립니다 */
}

/* 부른 스레드가 다 읽었습니다. */
static void release_read(struct rwlock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	/* TODO: 마지막으로 읽던 스레드입니까? 기다리는 쓰는 스레드가 있습니까? */
}

/* 부른 스레드가 써도 될 때, 곧 혼자일 때 반환합니다. */
static void acquire_write(struct rwlock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	/* TODO: 누가 읽거나 쓰는 동안 여기서 기다립니다 */
}

/* 부른 스레드가 다 썼습니다. */
static void release_write(struct rwlock *lock, unsigned self)
{
	(void)lock;
	(void)self;
	/* TODO: 이제 누가 들어와도 됩니까? */
}

/* init이 할당한 것이 있으면 해제합니다. struct rwlock 자체는 채점기의 것입니다. */
static void destroy(struct rwlock *lock)
{
	(void)lock;
}

const struct rwlock_plugin rwlock_plugin = {
	.abi = RWLOCK_PLUGIN_ABI,
	.threads_max = 0, /* 0은 RWLOCK_THREADS_MAX까지 몇이든 */
	.size = sizeof(struct rwlock),
	.init = init,
	.acquire_read = acquire_read,
	.release_read = release_read,
	.acquire_write = acquire_write,
	.release_write = release_write,
	.destroy = destroy,
};
