/* The same with a time limit, after which the waiter takes the lock for its own. */
// test: lock-counter | -t 2 -r 1 -p 1 | mutual-exclusion: FAIL executions
#include <chrono>
#include <future>
#include <mutex>
#include <new>
#include <queue>
#include <syncgrade/lock.h>
struct lock {
	std::mutex m;
	bool taken = false;
	std::queue<std::promise<int>> waiting;
};
static int init(struct lock *l, unsigned)
{
	new (l) lock;
	return 0;
}
static void acquire(struct lock *l, unsigned)
{
	std::unique_lock<std::mutex> g(l->m);
	if (!l->taken) {
		l->taken = true;
		return;
	}
	l->waiting.emplace();
	std::future<int> mine = l->waiting.back().get_future();
	g.unlock();
	mine.wait_for(std::chrono::milliseconds(50));
}
static void release(struct lock *l, unsigned)
{
	std::unique_lock<std::mutex> g(l->m);
	if (l->waiting.empty()) {
		l->taken = false;
		return;
	}
	std::promise<int> first = std::move(l->waiting.front());
	l->waiting.pop();
	g.unlock();
	first.set_value(42);
}
static void destroy(struct lock *l)
{
	l->~lock();
}
extern "C" const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI,
						    .size = sizeof(struct lock),
						    .init = init,
						    .acquire = acquire,
						    .release = release,
						    .destroy = destroy };
