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

# Thread-local variables: of this file alone, of one that others could see, in the way of programs that are not loaded
# later, by descriptors, and one that C++ makes when a thread first looks at it.
variable() {
	cat <<END
$common
struct lock { _Atomic(const char *) owner; };
$1 char me;
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
}
variable 'static _Thread_local' >variable.c
variable '_Thread_local' >variable_of_all.c
variable 'static _Thread_local __attribute__((tls_model("initial-exec")))' >variable_at_start.c
variable 'static _Thread_local' >descriptor.c
run 0 gcc -std=gnu17 -O1 -g -shared -fPIC -fsanitize=thread -mtls-dialect=gnu2 -I"$SOURCE/include" -o descriptor.so descriptor.c
cat >made.cpp <<END
#include <atomic>
#include <syncgrade/lock.h>
struct lock { std::atomic<const void *> owner; };
struct Me { Me() : itself(this) {} ~Me() { itself = nullptr; } const void *itself; };
static thread_local Me me;
static int init(struct lock *l, unsigned) { l->owner.store(nullptr); return 0; }
static void acquire(struct lock *l, unsigned)
{
	for (const void *owner = nullptr; owner != me.itself; owner = nullptr) {
		if (l->owner.compare_exchange_strong(owner, me.itself) || owner == me.itself)
			return;
	}
}
static void release(struct lock *l, unsigned) { l->owner.store(nullptr); }
extern "C" const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release };
END

# Unfair, all of them, and otherwise right.
for own in errno.c pointer.c variable.c variable_of_all.c variable_at_start.c descriptor.so made.cpp; do
	run 1 "$SYNCGRADE" grade --engines explore --format json --output "$own.json" "$own"
	run 0 jq -e '[.checks[] | select(.status == "fail" and .max_score > 0) | .id] == ["starvation/bounded-waiting"]' "$own.json"
	run 0 jq -e '.checks[] | select(.id == "counter/mutual-exclusion") | .status == "pass"' "$own.json"
done
