/* A static variable of a function, which the first thread makes. */
// test: lock-counter | -t 2 -r 1 -p 0x401 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
#include <atomic>
#include <mutex>
#include <new>
#include <syncgrade/lock.h>
struct lock {
	std::atomic_flag f;
};
static int init(struct lock *l, unsigned)
{
	new (l) lock{};
	return 0;
}
struct registry {
	std::mutex m;
	int n;
	registry() : n(1)
	{
	}
};
static registry &reg()
{
	static registry *r = new registry;
	return *r;
}
static void acquire(struct lock *l, unsigned)
{
	reg().m.lock();
	(void)l;
}
static void release(struct lock *l, unsigned)
{
	reg().m.unlock();
	(void)l;
}
static void destroy(struct lock *l)
{
	delete &reg();
	l->~lock();
}
extern "C" const struct lock_plugin lock_plugin = { .abi = LOCK_PLUGIN_ABI,
						    .size = sizeof(struct lock),
						    .init = init,
						    .acquire = acquire,
						    .release = release,
						    .destroy = destroy };
