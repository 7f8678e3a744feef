/* A static container takes memory when the plugin is loaded, and gives it back later. */
// test: lock-counter | -t 2 -r 1 -p 0x401 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
#include <condition_variable>
#include <mutex>
#include <queue>
#include <syncgrade/lock.h>
struct lock {
	std::mutex mutex;
	std::condition_variable turn;
};
struct ticket {
	unsigned owner;
	char filling[508]; /* each has a piece of the queue for itself */
};
static std::queue<ticket> waiting;
static int init(struct lock *l, unsigned)
{
	new (l) lock;
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	std::unique_lock<std::mutex> guard(l->mutex);
	waiting.push(ticket{ self, {} });
	l->turn.wait(guard, [&] { return waiting.front().owner == self; });
}
static void release(struct lock *l, unsigned)
{
	std::lock_guard<std::mutex> guard(l->mutex);
	waiting.pop();
	l->turn.notify_all();
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
