/* A counter for each thread in a std::unordered_map. */
// test: lock-counter | -t 2 -r 2 -p 0x401 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
#include <mutex>
#include <new>
#include <syncgrade/lock.h>
#include <unordered_map>
struct lock {
	std::mutex m;
	std::unordered_map<int, int> n;
};
static int init(struct lock *l, unsigned)
{
	new (l) lock;
	return 0;
}
static void acquire(struct lock *l, unsigned self)
{
	l->m.lock();
	l->n[(int)self]++;
}
static void release(struct lock *l, unsigned)
{
	l->m.unlock();
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
