# Sentences that were untrue of some plugin, and what is told now.

# A mutex that wait keeps: no count is lost, no signal forgotten, and nothing is shared by two semaphores.
cp "$SOURCE/tests/attempts/semaphore/returns_locked.c" semaphore.c
run 1 "$SYNCGRADE" grade --exercise semaphore --engines explore --verbose semaphore.c
says out "wait() returned with semaphore->m still locked (line 21)."
says_not out "lost count" "were forgotten" "exist once in the program"

# Who waits at the workload's gate does not wait in the call that it made last.
cp "$SOURCE/tests/attempts/lock/global_mutex.c" lock.c
run 1 "$SYNCGRADE" grade --exercise lock --engines explore lock.c
says out "Which of your variables exist once in the program"
[ "$(grep -c 'waits for ever' out)" = 1 ] || { cat out; echo "both threads are said to wait"; failed=1; }

# A wait that comes back for no reason lets no signal of another semaphore through; and nobody is late at a barrier.
cp "$SOURCE/tests/attempts/semaphore/if_for_while.c" semaphore.c
run 1 "$SYNCGRADE" grade --exercise semaphore --engines explore --verbose semaphore.c
says out "wakes for no reason"
says_not out "let a thread through a different one"
cp "$SOURCE/tests/attempts/barrier/if_for_while.c" barrier.c
run 1 "$SYNCGRADE" grade --exercise barrier --engines explore --verbose barrier.c
says_not out "had not yet arrived" "different barrier"
# All had arrived, and one's write is merely not visible: nobody is said to be late.
run 1 "$SYNCGRADE" replay --exercise barrier --check phases/ordering "$SOURCE/tests/mutants/barrier/leaves_relaxed.c"
says out "comes back from wait() and does not see what thread" "is read relaxed"
says_not out "had not yet arrived"

# Where every access is sequentially consistent, it would not be right if every access were.
cp "$SOURCE/tests/attempts/lock/ticket_two_steps.c" lock.c
run 1 "$SYNCGRADE" grade --exercise lock --engines explore --verbose lock.c
says_not out "only under C11"

# Before any thread has begun, none is inside anything.
cat >buffer.c <<'END'
#include <pthread.h>
#include <syncgrade/bounded_buffer.h>
struct bounded_buffer { pthread_mutex_t m; uint64_t item[64]; unsigned n; };
static int init(struct bounded_buffer *b, unsigned c) { (void)c; pthread_mutex_init(&b->m, NULL); b->n = 0; return 0; }
static void put(struct bounded_buffer *b, uint64_t i) { pthread_mutex_lock(&b->m); b->item[b->n++ % 64] = i; }
static uint64_t get(struct bounded_buffer *b) { return b->item[--b->n % 64]; }
const struct bounded_buffer_plugin bounded_buffer_plugin = {
	.abi = BOUNDED_BUFFER_PLUGIN_ABI, .size = sizeof(struct bounded_buffer), .init = init, .put = put, .get = get };
END
run 1 "$SYNCGRADE" grade --exercise bounded-buffer --engines native --verbose buffer.c
says out "before any thread began, put, called by one thread alone, did not return"

# Who signals and then waits for more than that has lost no signal: it waits for what it has in its own hands.
cat >semaphore.c <<'END'
#include <pthread.h>
#include <syncgrade/semaphore.h>
struct semaphore { pthread_mutex_t m; pthread_cond_t c; unsigned value; };
static int init(struct semaphore *s, unsigned v) { s->value = v; pthread_cond_init(&s->c, NULL); return pthread_mutex_init(&s->m, NULL); }
static void wait(struct semaphore *s) {
	pthread_mutex_lock(&s->m); while (s->value == 0) pthread_cond_wait(&s->c, &s->m);
	s->value--; pthread_cond_broadcast(&s->c); pthread_mutex_unlock(&s->m); }
static void signal(struct semaphore *s) {
	pthread_mutex_lock(&s->m); s->value++; pthread_cond_broadcast(&s->c);
	while (s->value > 3) pthread_cond_wait(&s->c, &s->m);
	pthread_mutex_unlock(&s->m); }
const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI, .size = sizeof(struct semaphore), .init = init, .wait = wait, .signal = signal };
END
run 1 "$SYNCGRADE" grade --exercise semaphore --engines explore --verbose semaphore.c
says out "values/capacity"
says_not out "which is lost"

# A wait that looks again and again does not sleep, and a signal that is empty wakes nobody: neither is told to.
semaphore() { # WAIT SIGNAL
	cat >semaphore.c <<END_OF_SOURCE
#include <sched.h>
#include <stdatomic.h>
#include <syncgrade/semaphore.h>
struct semaphore { atomic_uint value; };
static int init(struct semaphore *s, unsigned v) { atomic_init(&s->value, v); return 0; }
static void wait(struct semaphore *s) { $1 }
static void signal(struct semaphore *s) { $2 }
const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI, .size = sizeof(struct semaphore), .init = init, .wait = wait, .signal = signal };
END_OF_SOURCE
}
semaphore 'while (atomic_load(&s->value) == 0) sched_yield(); atomic_fetch_sub(&s->value, 1);' '(void)s;'
run 1 "$SYNCGRADE" grade --exercise semaphore --engines explore --verbose semaphore.c
says out "Signals enough were given before anybody waited, and yet a thread still waits" "wait() yields and looks"
says_not out "A thread that waits sleeps" "one of them sleeps" "sleeps in wait" "asleep"

# A wait that does nothing is no crash.
semaphore '(void)s;' 'atomic_fetch_add(&s->value, 1);'
run 1 "$SYNCGRADE" grade --exercise semaphore --engines native --verbose semaphore.c
says out "✓ counter/memory-safety 5/5" "More threads were inside together than the semaphore has permits"
says_not out "SIGSEGV" "SIGABRT" "Killed by"

# Two locks in opposite orders, and a third that keeps those apart who take them: nothing can deadlock, and nothing is said to.
cat >lock.c <<'END_OF_SOURCE'
#include <pthread.h>
#include <syncgrade/lock.h>
struct lock { pthread_mutex_t all, a, b; };
static int init(struct lock *l, unsigned n) {
	(void)n; pthread_mutex_init(&l->all, NULL); pthread_mutex_init(&l->a, NULL); return pthread_mutex_init(&l->b, NULL); }
static void acquire(struct lock *l, unsigned self) {
	pthread_mutex_lock(&l->all);
	pthread_mutex_lock(self % 2 ? &l->a : &l->b); pthread_mutex_lock(self % 2 ? &l->b : &l->a); }
static void release(struct lock *l, unsigned self) {
	(void)self; pthread_mutex_unlock(&l->a); pthread_mutex_unlock(&l->b); pthread_mutex_unlock(&l->all); }
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release };
END_OF_SOURCE
run 0 "$SYNCGRADE" grade --exercise lock --engines tsan --verbose lock.c
says out "threads that do so at the same time can deadlock, unless a third lock keeps them apart"
says_not out "this can deadlock" "none of them deadlocks"
run 0 "$SYNCGRADE" grade --exercise lock --engines explore,tsan --verbose lock.c
says out "The explorer has seen all executions of 2 threads there, and none of them deadlocks."

# An operation is called what it is called, also where a sentence begins with it.
run 1 "$SYNCGRADE" grade --engines explore "$SOURCE/tests/mutants/latch/if_for_while.c"
says out "await() returned although nobody had counted down"
says_not out "Await" "does not see"

# The interleaving has few context switches; nobody has looked whether it is the shortest.
if grep -i 'shortest' "$SOURCE/README.md"; then
	echo "README.md says shortest"
	failed=1
fi

# Steps stand in the order in which they take effect: who woke for no reason before the broadcast was not there to be
# woken. And a signal is not said to be lost on who has looked, after it, at what it waits for.
run 1 "$SYNCGRADE" grade --engines explore --plain --verbose "$SOURCE/tests/mutants/philosophers/polite_put_down.c"
says out "wakes for no reason"
says_not out "when nobody waits, which is lost"
awk '/wakes for no reason/ { woke = NR } /pthread_cond_broadcast.*line 44/ { told = NR } END { exit !(woke && woke < told) }' out ||
	{ cat out; echo "the broadcast is told before the wake-up that came before it"; failed=1; }

# What has been done and is merely not seen has been done.
run 1 "$SYNCGRADE" grade --engines explore "$SOURCE/tests/mutants/latch/looks_relaxed.c"
says out "comes back from await() and does not see what thread" "happens-before is missing"
says_not out "await() returned although" "although only the other had been counted down"
run 1 "$SYNCGRADE" grade --engines explore --verbose "$SOURCE/tests/mutants/barrier/leaves_relaxed.c"
says out "comes back from wait() and does not see what thread"
says_not out "although not all had arrived there"
