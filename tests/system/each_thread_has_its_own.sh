# What a thread keeps for itself is its own under the explorer too: errno, thread-local variables, its thread pointer.
common='#include <errno.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/lock.h>'
descriptor='const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release };'

# Whoever is told that it would have to wait looks why; the other has called what went well in between.
cat >errno.c <<END
$common
struct lock { sem_t free; };
static int init(struct lock *l, unsigned threads) { (void)threads; return sem_init(&l->free, 0, 1); }
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	while (sem_trywait(&l->free) != 0 && errno == EAGAIN)
		sched_yield();
}
static void release(struct lock *l, unsigned self) { (void)self; errno = 0; sem_post(&l->free); }
$descriptor
END

# A thread knows by its pointer that it holds the lock already.
cat >pointer.c <<END
$common
struct lock { _Atomic(void *) owner; };
static int init(struct lock *l, unsigned threads) { (void)threads; atomic_init(&l->owner, NULL); return 0; }
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	for (void *owner = NULL; owner != __builtin_thread_pointer(); owner = NULL) {
		if (atomic_compare_exchange_strong(&l->owner, &owner, __builtin_thread_pointer()))
			return;
		if (owner == __builtin_thread_pointer())
			return;
	}
}
static void release(struct lock *l, unsigned self) { (void)self; atomic_store(&l->owner, NULL); }
$descriptor
END

cat >variable.c <<END
$common
struct lock { _Atomic(const char *) owner; };
static _Thread_local char me;
static int init(struct lock *l, unsigned threads) { (void)threads; atomic_init(&l->owner, NULL); return 0; }
static void acquire(struct lock *l, unsigned self)
{
	(void)self;
	for (const char *owner = NULL; owner != &me; owner = NULL) {
		if (atomic_compare_exchange_strong(&l->owner, &owner, &me) || owner == &me)
			return;
	}
}
static void release(struct lock *l, unsigned self) { (void)self; atomic_store(&l->owner, NULL); }
$descriptor
END

# Unfair, all three, and otherwise right.
for own in errno pointer variable; do
	run 1 "$SYNCGRADE" grade --engines explore --format json --output "$own.json" "$own.c"
	run 0 jq -e '[.checks[] | select(.status == "fail" and .max_score > 0) | .id] == ["starvation/bounded-waiting"]' "$own.json"
	run 0 jq -e '.checks[] | select(.id == "counter/mutual-exclusion") | .status == "pass"' "$own.json"
done
