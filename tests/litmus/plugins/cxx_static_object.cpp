/* A static object of a function has a destructor, which is called when the process ends: what it holds is no leak. */
// test: lock-counter | -t 2 -r 1 -p 0x400 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
#include <atomic>
#include <memory>
#include <mutex>
#include <syncgrade/lock.h>
struct lock {
	std::atomic_flag flag;
};
static int init(struct lock *l, unsigned)
{
	new (l) lock{};
	return 0;
}
static std::mutex &guard()
{
	static std::unique_ptr<std::mutex> mutex = std::make_unique<std::mutex>();
	return *mutex;
}
static void acquire(struct lock *, unsigned)
{
	guard().lock();
}
static void release(struct lock *, unsigned)
{
	guard().unlock();
}
extern "C" const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release
};
