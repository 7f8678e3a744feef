/* A read-write lock that lets no reader in while a writer waits (glibc's third kind). The first two kinds are one. */
// test: rwlock-readers-writers | -t 3 -r 1 -p 0x40b | mutual-exclusion: pass executions [0-9]+ blocked [0-9]+ complete
// test: rwlock-progress | -t 3 -r 1 -p 2 | progress: pass executions [0-9]+ blocked [0-9]+ complete
// test: rwlock-starvation | -t 2 -r 1 -b 6 -p 4 | bounded-waiting: inconclusive .*not modelled
// test: rwlock-both | -t 2 -r 1 -p 2 | progress: pass
#include <pthread.h>
#include <syncgrade/rwlock.h>
struct rwlock {
	pthread_rwlock_t l;
};
static int init(struct rwlock *l, unsigned n)
{
	pthread_rwlockattr_t kind;
	(void)n;
	pthread_rwlockattr_init(&kind);
	pthread_rwlockattr_setkind_np(&kind, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	int error = pthread_rwlock_init(&l->l, &kind);
	pthread_rwlockattr_destroy(&kind);
	return error;
}
static void acquire_read(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_rwlock_rdlock(&l->l);
}
static void acquire_write(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_rwlock_wrlock(&l->l);
}
static void release(struct rwlock *l, unsigned self)
{
	(void)self;
	pthread_rwlock_unlock(&l->l);
}
const struct rwlock_plugin rwlock_plugin = {
	.abi = RWLOCK_PLUGIN_ABI, .size = sizeof(struct rwlock), .init = init, .acquire_read = acquire_read,
	.release_read = release, .acquire_write = acquire_write, .release_write = release
};
