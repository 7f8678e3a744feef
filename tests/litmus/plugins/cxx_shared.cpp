/* Semaphores in nodes that std::shared_ptr frees. */
// test: lock-counter | -t 2 -r 2 -p 0x401 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
#include <memory>
#include <mutex>
#include <new>
#include <queue>
#include <semaphore>
#include <syncgrade/lock.h>
struct waiter {
	std::binary_semaphore go{ 0 };
};
struct lock {
	std::mutex m;
	bool taken = false;
	std::queue<std::shared_ptr<waiter>> q;
};
static int init(struct lock *l, unsigned)
{
	new (l) lock;
	return 0;
}
static void acquire(struct lock *l, unsigned)
{
	std::shared_ptr<waiter> w;
	{
		std::unique_lock<std::mutex> g(l->m);
		if (!l->taken) {
			l->taken = true;
			return;
		}
		w = std::make_shared<waiter>();
		l->q.push(w);
	}
	w->go.acquire();
}
static void release(struct lock *l, unsigned)
{
	std::shared_ptr<waiter> w;
	{
		std::lock_guard<std::mutex> g(l->m);
		if (l->q.empty()) {
			l->taken = false;
			return;
		}
		w = l->q.front();
		l->q.pop();
	}
	w->go.release();
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
