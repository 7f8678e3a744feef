/* An MCS lock whose nodes are freed when their threads end. */
// test: lock-counter | -t 2 -r 1 -p 0x401 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
#include <atomic>
#include <memory>
#include <new>
#include <syncgrade/lock.h>
#include <thread>
struct node {
	std::atomic<node *> next{ nullptr };
	std::atomic<bool> wait{ false };
};
struct lock {
	std::atomic<node *> tail{ nullptr };
};
static thread_local std::unique_ptr<node> mine;
static int init(struct lock *l, unsigned)
{
	new (l) lock;
	return 0;
}
static void acquire(struct lock *l, unsigned)
{
	if (!mine)
		mine = std::make_unique<node>();
	node *me = mine.get();
	me->next.store(nullptr, std::memory_order_relaxed);
	me->wait.store(true, std::memory_order_relaxed);
	node *p = l->tail.exchange(me, std::memory_order_acq_rel);
	if (p) {
		p->next.store(me, std::memory_order_release);
		while (me->wait.load(std::memory_order_acquire))
			std::this_thread::yield();
	}
}
static void release(struct lock *l, unsigned)
{
	node *me = mine.get();
	node *n = me->next.load(std::memory_order_acquire);
	if (!n) {
		node *e = me;
		if (l->tail.compare_exchange_strong(e, nullptr, std::memory_order_acq_rel))
			return;
		while (!(n = me->next.load(std::memory_order_acquire)))
			std::this_thread::yield();
	}
	n->wait.store(false, std::memory_order_release);
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
