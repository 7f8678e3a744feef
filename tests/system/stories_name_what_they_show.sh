# What a counterexample names: what a call was asked for, and gave back; which of several objects it was about.
replay() { # FILE EXERCISE CHECK SCHEDULE [ARGUMENT...]
	local file=$SOURCE/tests/$1 exercise=$2 check=$3 schedule=$4
	shift 4
	cp "$file" .
	COLUMNS=80 run 1 "$SYNCGRADE" replay --exercise "$exercise" --check "$check" --schedule "$schedule" "$@" "${file##*/}"
}

# Conditions by their numbers.
replay attempts/monitor/one_condition_for_all.c monitor wakeup/lost-wakeup ac6b5b+1a7b5c
says out "wait(condition 1)" "wait(condition 2)" "signal(condition 2)"

# Items by letters, in the order in which they are put; and what came out where nobody had put anything.
replay attempts/bounded-buffer/if_for_while.c bounded-buffer producer-consumer/ordering b3b+1b4.b
says out "get() → 0xa5a5a5a5a5a5a5a5 ✗"
replay mutants/bounded-buffer/last_in_first_out.c bounded-buffer producer-consumer/ordering a6b6.b
says out "put(A)" "put(B)" "get() → B" "get() → A ✗"

# Two objects by letters, also where the call touches neither.
replay attempts/lock/global_mutex.c lock independence/independence a3b2
says out "acquire(A)" "acquire(B)"

# What lies under a mutex is no step of a schedule, and is told where it matters: what a thread looks at before it waits.
replay attempts/semaphore/if_for_while.c semaphore counter/mutual-exclusion a2b3b+1b3.ab
says out "count: 1 → 0" "count → 0" "count: 0 → -1"
replay attempts/philosophers/tells_nobody.c philosophers wakeup/lost-wakeup b4a6b4c6d
says out "state[1] → 2" "state[1] ← 0"
says_not out "n → 4" "state[3] →"

# The violation is marked where it shows: at the access, and nothing follows it.
replay attempts/bounded-buffer/if_for_while.c bounded-buffer producer-consumer/memory-safety b3b+1b2.b
says out "count → 0" "items[0] → 0xa5a5a5a5a5a5a5a5 ✗ if_for_while.c:39"
[ "$(grep -A1 '✗  if_for_while.c:39' out | tail -1)" = "" ] || { cat out; echo "the story goes on"; failed=1; }

# What no step depends on is no part of what a mistake is known by.
replay attempts/semaphore/if_for_while.c semaphore counter/mutual-exclusion a2b3b+1b3.ab --format json
cp out story.json
run 0 jq -e '[.checks[].counterexample.steps[] | select(.context) | .op] | unique == ["read", "write"]' story.json
run 0 jq -e '.checks[].resembles == "“if” where “while” is needed"' story.json

# In C++ the line is the submission's, and a member is what it declares: not those of the library's headers.
cat >flag.cpp <<'CXX'
#include <atomic>
#include <new>
#include <syncgrade/lock.h>
struct lock { std::atomic<bool> taken; };
static int init(struct lock *l, unsigned) { new (l) lock; l->taken = false; return 0; }
static void acquire(struct lock *l, unsigned)
{
	while (l->taken) { }
	l->taken = true;
}
static void release(struct lock *l, unsigned) { l->taken = false; }
extern const struct lock_plugin lock_plugin;
const struct lock_plugin lock_plugin = { LOCK_PLUGIN_ABI, 0, sizeof(struct lock), init, acquire, release, nullptr };
CXX
COLUMNS=80 run 1 "$SYNCGRADE" replay -e lock --check counter/mutual-exclusion --schedule ba2b.ab flag.cpp
says out "taken → 0 flag.cpp:8" "taken ← 1 flag.cpp:9" "reads lock->taken (line 8) and writes it (line 9)"
says_not out "_M_" "atomic_base"

# What an object points to is named by its pointer; what a thread has made, by where it was made.
replay attempts/bounded-buffer/state_on_the_heap.c bounded-buffer producer-consumer/ordering b3b+1b4.b
says out "pthread_mutex_lock(s->m)" "s->n → 0" "s->n: 0 → -1"
cat >mcs.c <<'C'
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct node { _Atomic(struct node *) next; atomic_bool waiting; };
struct lock { _Atomic(struct node *) tail; struct node *mine[LOCK_THREADS_MAX]; };
static int init(struct lock *lock, unsigned threads) { (void)threads; atomic_init(&lock->tail, NULL); return 0; }
static void acquire(struct lock *lock, unsigned self)
{
	struct node *node = malloc(sizeof *node);
	atomic_init(&node->next, NULL);
	atomic_init(&node->waiting, true);
	lock->mine[self] = node;
	struct node *previous = atomic_exchange(&lock->tail, node);
	if (previous == NULL)
		return;
	atomic_store(&previous->next, node);
	while (atomic_load(&node->waiting)) { }
}
static void release(struct lock *lock, unsigned self)
{
	struct node *node = lock->mine[self], *expected = node, *next = atomic_load(&node->next);
	if (next != NULL)
		atomic_store(&next->waiting, false);
	else
		atomic_compare_exchange_strong(&lock->tail, &expected, NULL);
	free(node);
}
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release };
C
COLUMNS=100 run 1 "$SYNCGRADE" replay -e lock --check counter/memory-safety --schedule b4a4b.b mcs.c
cp out mcs.out
says out "thread 1's block (line 10) ← 0" "thread 0's block (line 10) + 8 ← 1"

# A value is named where it is a pointer: by what it points to, with a number where two blocks would have one name. An
# integer is a number, whatever it is; and an item has its letter wherever it is.
says out "tail: NULL → thread 1's block (line 10)" "tail: thread 1's block (line 10) → thread 0's block (line 10)" \
	"thread 1's block (line 10) ← thread 0's block (line 10)"
cat >pointers.c <<'C'
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct slot { int unused, owner; };
static struct slot nobody;
struct lock { _Atomic(struct slot *) owner; _Atomic(uintptr_t) number; struct slot own[LOCK_THREADS_MAX]; };
static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->owner, &nobody);
	atomic_init(&lock->number, 0);
	return 0;
}
static void acquire(struct lock *lock, unsigned self)
{
	struct slot *first = malloc(sizeof *first);
	for (int i = 0; i < 2 && self == 0; i++) {
		struct slot *more = malloc(sizeof *more);
		atomic_store(&lock->owner, more);
		free(more);
	}
	atomic_store(&lock->number, (uintptr_t)first);
	atomic_store(&lock->owner, &lock->own[1]);
	atomic_store(&lock->owner, NULL);
	atomic_store(&lock->owner, first);
	free(first);
}
static void release(struct lock *lock, unsigned self) { (void)self; atomic_store(&lock->owner, &nobody); }
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release };
C
COLUMNS=120 run 1 "$SYNCGRADE" replay -e lock --check counter/mutual-exclusion --schedule a6b4.ab pointers.c
says out "owner ← thread 0's block 1 (line 19)" "owner ← thread 0's block 2 (line 19)" \
	"owner ← thread 0's block (line 17)" "owner ← &own[1]" "owner ← NULL" "number ← 0x"
says_not out "owner ← 0" "number ← thread" "number ← NULL"
COLUMNS=120 run 1 "$SYNCGRADE" replay -e lock --check counter/mutual-exclusion --schedule a6b4.ab --lang ko pointers.c
says out "owner ← 0번 스레드의 블록 2 (19번 줄)"
replay mutants/lock/stack_of_waiters.c lock starvation/bounded-waiting starvation-three:sb3c2a5b5c10.b11cabc10
says out "top: &node[0] → &node[1]"
replay mutants/bounded-buffer/last_in_first_out.c bounded-buffer producer-consumer/ordering a6b6.b
says out "ring[0] ← A" "ring[1] → B"
replay mutants/bounded-buffer/last_in_first_out.c bounded-buffer producer-consumer/ordering a6b6.b --format json
cp out story.json
run 0 jq -e '[.checks[].counterexample.steps[] | select(.variable == "bounded_buffer->ring[0]")] | map(.stored_name // .value_name) == ["A", "A"]' story.json

# What frees a block is told where it is used, or freed, afterwards, or while another may still use it; and nowhere else.
frees() { # NUMBER: of steps that free something
	[ "$(grep -c '  free(\|  delete(' out)" = "$1" ] || { cat out; echo "not $1 times free()"; failed=1; }
}
cp mcs.out out
says out "free(thread 1's block (line 10)) ✗ mcs.c:27"
frees 1
replay mutants/rendezvous/frees_too_early.c rendezvous pair/memory-safety a4b3a2.ba
says out "free(thread 0's block (line 39)) line 37" "It was freed in exchange (frees_too_early.c:37)."
frees 1
replay mutants/rendezvous/frees_too_early.c rendezvous pair/memory-safety a4b3a2.ba --format json
cp out story.json
run 0 jq -e '[.checks[].counterexample.steps[] | select(.note != null and (.note | startswith("free(")))] | length == 1 and .[0].thread == 1 and .[0].context' story.json
cat >twice.c <<'C'
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock { atomic_int taken; _Atomic(int *) owner; };
static int init(struct lock *lock, unsigned threads)
{
	(void)threads;
	atomic_init(&lock->taken, 0);
	atomic_init(&lock->owner, malloc(sizeof(int)));
	return 0;
}
static void acquire(struct lock *lock, unsigned self)
{
	(void)self;
	while (atomic_exchange(&lock->taken, 1)) { }
	free(atomic_load(&lock->owner));
}
static void release(struct lock *lock, unsigned self) { (void)self; atomic_store(&lock->taken, 0); }
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release };
C
COLUMNS=80 run 1 "$SYNCGRADE" replay -e lock --check counter/memory-safety --schedule a5.a twice.c
says out "Thread 0 frees a block that thread 0 has freed already (double free), in acquire (twice.c:16)" \
	"free(lock->owner) twice.c:16" "free(lock->owner) ✗ twice.c:16"
frees 2
cat >delete.cpp <<'CXX'
#include <atomic>
#include <new>
#include <syncgrade/lock.h>
struct lock { std::atomic<int> taken; std::atomic<int *> owner; };
static int init(struct lock *l, unsigned) { new (l) lock; l->taken = 0; l->owner = new int(7); return 0; }
static void acquire(struct lock *l, unsigned)
{
	while (l->taken.exchange(1)) { }
	int *mine = l->owner;
	*mine += 1;
	delete mine;
}
static void release(struct lock *l, unsigned) { l->taken = 0; }
extern const struct lock_plugin lock_plugin;
const struct lock_plugin lock_plugin = { LOCK_PLUGIN_ABI, 0, sizeof(struct lock), init, acquire, release, nullptr };
CXX
COLUMNS=80 run 1 "$SYNCGRADE" replay -e lock --check counter/memory-safety --schedule a5.a delete.cpp
says out "delete(lock->owner"
frees 1
cat >scratch.c <<'C'
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock { atomic_int taken; };
static int init(struct lock *lock, unsigned threads) { (void)threads; atomic_init(&lock->taken, 0); return 0; }
static void acquire(struct lock *lock, unsigned self)
{
	unsigned *mine = malloc(sizeof *mine);
	*mine = self;
	while (atomic_load(&lock->taken)) { }
	atomic_store(&lock->taken, 1);
	free(mine);
}
static void release(struct lock *lock, unsigned self) { (void)self; atomic_store(&lock->taken, 0); }
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release };
C
COLUMNS=80 run 1 "$SYNCGRADE" replay -e lock --check counter/mutual-exclusion --schedule ba2b.ab scratch.c
says out "taken → 0 scratch.c:10"
frees 0

# Of a lock that does nothing, four rows show all there is: two threads get in.
replay mutants/lock/no_lock.c lock counter/mutual-exclusion .ab
[ "$(grep -c 'acquire()$\|in the critical section$\|✗$' out)" = 4 ] || { cat out; echo "not four rows"; failed=1; }
says_not out "leaves the critical section" "release()"

# What goes on for ever is just what repeats: not how a thread came to its loop, and each round once.
repeats() { # LINES: of what repeats
	local found
	found=$(sed -n '/from here, for ever/,/and again/p' out | sed '1d;$d' | sed 's/^ *//; s/  */ /g')
	[ "$found" = "$1" ] || { cat out; printf 'what repeats is “%s”, not “%s”\n' "$found" "$1"; failed=1; }
}
replay mutants/semaphore/yields.c semaphore busy-waiting/busy-waiting sa2b.b
repeats "sched_yield yields.c:21
value → 0 yields.c:22"
replay mutants/bounded-buffer/spins.c bounded-buffer busy-waiting/busy-waiting sa10.a
says out "ring[0].turn → 0" "ring[0].turn ← 1"
says_not out "capacity is read" "capacity →"
repeats "sched_yield spins.c:33
bounded_buffer->ring[0].turn → 1 spins.c:30"
# A call of the library is told when it is made, not when the thread comes to it: one at a time has the mutex. Where what
# repeats begins, the others wait where they have come to. What lies under the mutex has values.
replay mutants/lock/newest_sleeper_first.c lock starvation/bounded-waiting starvation-three:sb4a8c8b15c20.b20c20
says out "held → 1" "held ← 1" "top → 0"
sed -n '1,/from here, for ever/p' out | grep -q 'pthread_mutex_lock' || { echo "nobody locks"; failed=1; }
[ "$(grep -m2 'pthread_mutex_lock\|pthread_mutex_unlock' out | grep -c unlock)" = 1 ] ||
	{ cat out; echo "two have the mutex"; failed=1; }
says_not out "held is read" "held is written"
replay mutants/philosophers/tries_and_puts_back.c philosophers dinner/progress sa2b2c2.abca2b2c2
says_not out "n is read" "n →"
repeats "pthread_mutex_trylock(fork[0]) line 25
pthread_mutex_trylock(fork[1]) line 25
pthread_mutex_trylock(fork[2]) line 25
pthread_mutex_unlock(fork[2]) line 27
sched_yield line 28
pthread_mutex_lock(fork[2]) line 24
pthread_mutex_unlock(fork[0]) line 27
sched_yield line 28
pthread_mutex_lock(fork[0]) line 24
pthread_mutex_unlock(fork[1]) line 27
sched_yield line 28
pthread_mutex_lock(fork[1]) line 24"

# A member that a header's atomic_flag has is nobody's own.
replay mutants/philosophers/tries_and_spins.c philosophers dinner/progress sa2b2c2.abca2b2c2
says out "fork[2]: 0 → 1"
says_not out "__val"

# In Korean too.
replay attempts/monitor/one_condition_for_all.c monitor wakeup/lost-wakeup ac6b5b+1a7b5c --lang ko
says out "wait(조건 1)" "signal(조건 2)"

# An access that is not made, for there is nothing at that address, is no step: the sentence says where it would have been.
replay mutants/lock/null_pointer.c lock counter/memory-safety .a
says out "uses a null pointer, in acquire (null_pointer.c:25)"
