# Submissions in C++: the library's own locks are seen by every engine, and judged as C's.
grade() { # NAME EXPECTED-STATUS CHECK…: those that must fail; of a right one, none but bounded waiting
	local name=$1 status=$2 check
	shift 2
	run "$status" "$SYNCGRADE" grade --format json --output result.json "$name"
	if [ $# -eq 0 ]; then
		run 0 jq -e '[.checks[] | select(.max_score > 0 and .status != "pass" and .property != "bounded-waiting")] == []' result.json
	fi
	for check in "$@"; do
		run 0 jq -e --arg id "$check" '.checks[] | select(.id == $id) | .status == "fail"' result.json
	done
}
lock() { # NAME INCLUDES MEMBERS INIT ACQUIRE RELEASE [DESTROY]
	cat >"$1" <<END
$2
#include <new>
#include <syncgrade/lock.h>
struct lock { $3 };
static int init(struct lock *l, unsigned threads) { (void)threads; $4 return 0; }
static void acquire(struct lock *l, unsigned self) { (void)self; $5 }
static void release(struct lock *l, unsigned self) { (void)self; $6 }
static void destroy(struct lock *l) { ${7:-(void)l;} }
const struct lock_plugin lock_plugin = { LOCK_PLUGIN_ABI, 0, sizeof(struct lock), init, acquire, release, destroy };
END
}
lock atomic.cpp '#include <atomic>' 'std::atomic<unsigned> next, serving;' 'l->next = 0; l->serving = 0;' \
	'unsigned mine = l->next.fetch_add(1); while (l->serving.load(std::memory_order_acquire) != mine) { }' \
	'l->serving.store(l->serving.load(std::memory_order_relaxed) + 1, std::memory_order_release);'
grade atomic.cpp 0
lock mutex.cc '#include <mutex>' 'std::mutex m;' 'new (l) lock;' 'l->m.lock();' 'l->m.unlock();' 'l->~lock();'
grade mutex.cc 0
lock condition.cxx $'#include <condition_variable>\n#include <mutex>' \
	'struct state { std::mutex m; std::condition_variable c; unsigned next = 0, serving = 0; } *s;' 'l->s = new lock::state;' \
	'std::unique_lock<std::mutex> g(l->s->m); unsigned mine = l->s->next++; l->s->c.wait(g, [&] { return l->s->serving == mine; });' \
	'std::lock_guard<std::mutex> g(l->s->m); l->s->serving++; l->s->c.notify_all();' 'delete l->s;'
grade condition.cxx 0
lock semaphore.cpp '#include <semaphore>' 'std::counting_semaphore<4> s{1};' 'new (l) lock;' 'l->s.acquire();' 'l->s.release();'
grade semaphore.cpp 0
# A local static, whose guard the threads meet at; exceptions and RTTI.
lock guarded.cpp $'#include <mutex>\n#include <stdexcept>\n#include <typeinfo>\n#include <unistd.h>' 'std::mutex m;' \
	'new (l) lock; try { if (threads > 1000) throw std::runtime_error("many"); } catch (const std::exception &e) { return typeid(e) == typeid(std::runtime_error); }' \
	'static const long page = sysconf(_SC_PAGESIZE); l->m.lock(); (void)page;' 'l->m.unlock();'
grade guarded.cpp 0
# What is called once, and mutexes and readers-writers locks with a time limit (until a time of the steady clock).
lock once.cpp $'#include <memory>\n#include <mutex>' 'std::once_flag made; std::shared_ptr<std::timed_mutex> m;' 'new (l) lock;' \
	'std::call_once(l->made, [l] { l->m = std::make_shared<std::timed_mutex>(); }); std::shared_ptr m = l->m; while (!m->try_lock_for(std::chrono::milliseconds(20))) { }' \
	'l->m->unlock();' 'l->~lock();'
grade once.cpp 1
lock timed.cpp $'#include <mutex>\n#include <shared_mutex>' 'std::shared_timed_mutex m;' 'new (l) lock;' \
	'while (!l->m.try_lock_for(std::chrono::milliseconds(20))) { }' 'l->m.unlock();' 'l->~lock();'
grade timed.cpp 1
# C that is named so, with C's atomics.
cp "$SOURCE/reference/solutions/lock/ticket.c" named.cpp
run 0 "$SYNCGRADE" grade --exercise "$SOURCE/tests/browser/quick-lock" named.cpp
# Wrong ones.
lock flag.cpp '#include <atomic>' 'std::atomic<bool> taken;' 'l->taken = false;' 'while (l->taken) { } l->taken = true;' 'l->taken = false;'
grade flag.cpp 1 counter/mutual-exclusion
# Of an object in which nothing is inlined, a line of a header is not told as if it were the student's own.
g++ -std=c++23 -O0 -g -fPIC -shared -fsanitize=thread -I "$SOURCE/include" -o flag.so flag.cpp
run 1 "$SYNCGRADE" grade --exercise lock --engines explore flag.so
says out "lock->taken (atomic_base.h:"
says_not out "lock->taken (line"
lock relaxed.cpp '#include <atomic>' 'std::atomic<bool> taken;' 'l->taken = false;' \
	'while (l->taken.exchange(true, std::memory_order_relaxed)) { }' 'l->taken.store(false, std::memory_order_relaxed);'
grade relaxed.cpp 1 counter/data-race
lock lost.cpp $'#include <condition_variable>\n#include <mutex>' 'struct state { std::mutex m; std::condition_variable c; bool taken = false; } *s;' 'l->s = new lock::state;' \
	'{ std::unique_lock<std::mutex> g(l->s->m); if (!l->s->taken) { l->s->taken = true; return; } } std::unique_lock<std::mutex> g(l->s->m); l->s->c.wait(g); l->s->taken = true;' \
	'std::lock_guard<std::mutex> g(l->s->m); l->s->taken = false; l->s->c.notify_one();' 'delete l->s;'
grade lost.cpp 1 progress/progress
lock freed.cpp '#include <mutex>' 'std::mutex *m;' 'l->m = new std::mutex;' 'l->m->lock();' 'l->m->unlock(); static int n; if (n++ == 1) { delete l->m; }'
grade freed.cpp 1 counter/memory-safety
# std::barrier, by another exercise.
cat >barrier.cpp <<'END'
#include <barrier>
#include <new>
#include <syncgrade/barrier.h>
struct barrier { std::barrier<> b; explicit barrier(unsigned n) : b(n) { } };
static int init(struct barrier *x, unsigned n) { new (x) barrier(n); return 0; }
static void wait(struct barrier *x, unsigned) { x->b.arrive_and_wait(); }
static void destroy(struct barrier *x) { x->~barrier(); }
const struct barrier_plugin barrier_plugin = { BARRIER_PLUGIN_ABI, 0, sizeof(struct barrier), init, wait, destroy };
END
grade barrier.cpp 0
# An exercise that forbids malloc forbids new.
sed 's/"malloc", //' "$SOURCE/exercises/lock/exercise.yaml" >exercise.yaml
mkdir lock && mv exercise.yaml lock/
run 1 "$SYNCGRADE" grade --exercise ./lock condition.cxx
says out "it uses what the exercise does not allow: _Znwm (operator new)"
run 0 "$SYNCGRADE" grade --exercise ./lock --engines native mutex.cc
