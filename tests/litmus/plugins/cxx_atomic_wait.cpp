/* std::atomic: wait() and notify with no more than acquire and release. Notify wakes who waits, whatever the orders. */
// test: lock-counter | -t 2 -r 1 -p 0x403 | progress: pass executions [0-9]+ blocked [0-9]+
#include <atomic>
#include <new>
#include <syncgrade/lock.h>
struct lock {
	std::atomic<unsigned> next{ 0 }, now{ 0 };
};
static int init(struct lock *l, unsigned)
{
	new (l) lock;
	return 0;
}
static void acquire(struct lock *l, unsigned)
{
	unsigned turn = l->next.fetch_add(1, std::memory_order_relaxed);
	for (unsigned now; (now = l->now.load(std::memory_order_acquire)) != turn;)
		l->now.wait(now, std::memory_order_relaxed);
}
static void release(struct lock *l, unsigned)
{
	l->now.fetch_add(1, std::memory_order_release);
	l->now.notify_all();
}
extern "C" const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI,
						    .size = sizeof(struct lock),
						    .init = init,
						    .acquire = acquire,
						    .release = release };
