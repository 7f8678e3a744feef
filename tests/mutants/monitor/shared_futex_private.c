/* A Mesa monitor on futexes that are private to the process. */
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <syncgrade/monitor.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FREE, HELD, HELD_WITH_SLEEPERS };

struct monitor {
	atomic_uint lock;
	atomic_uint signals[MONITOR_CONDITIONS]; /* written only inside; read outside by the kernel */
};

static void futex_wait(atomic_uint *word, unsigned expected)
{
	syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, NULL, NULL, 0);
}

static void futex_wake(atomic_uint *word, unsigned threads)
{
	syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, threads, NULL, NULL, 0);
}

static int init(struct monitor *monitor)
{
	atomic_init(&monitor->lock, FREE);
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++)
		atomic_init(&monitor->signals[i], 0);
	return 0;
}

static void enter(struct monitor *monitor)
{
	unsigned state = FREE;
	if (atomic_compare_exchange_strong_explicit(&monitor->lock, &state, HELD, memory_order_acquire,
						    memory_order_relaxed))
		return;
	while (atomic_exchange_explicit(&monitor->lock, HELD_WITH_SLEEPERS, memory_order_acquire) != FREE)
		futex_wait(&monitor->lock, HELD_WITH_SLEEPERS);
}

static void leave(struct monitor *monitor)
{
	if (atomic_exchange_explicit(&monitor->lock, FREE, memory_order_release) == HELD_WITH_SLEEPERS)
		futex_wake(&monitor->lock, 1);
}

/* A signal after the load, whenever it comes, has changed the count before we sleep (and we do not), or wakes us.
 * Relaxed: whoever changes the count is inside, so the lock orders it. */
static void wait(struct monitor *monitor, unsigned condition)
{
	unsigned signals = atomic_load_explicit(&monitor->signals[condition], memory_order_relaxed);
	leave(monitor);
	futex_wait(&monitor->signals[condition], signals);
	enter(monitor);
}

static void signal(struct monitor *monitor, unsigned condition)
{
	atomic_fetch_add_explicit(&monitor->signals[condition], 1, memory_order_relaxed);
	futex_wake(&monitor->signals[condition], 1);
}

static void broadcast(struct monitor *monitor, unsigned condition)
{
	atomic_fetch_add_explicit(&monitor->signals[condition], 1, memory_order_relaxed);
	futex_wake(&monitor->signals[condition], INT_MAX);
}

const struct monitor_plugin monitor_plugin = {
	.abi = MONITOR_PLUGIN_ABI,
	.signaling = MONITOR_MESA,
	.size = sizeof(struct monitor),
	.init = init,
	.enter = enter,
	.exit = leave,
	.wait = wait,
	.signal = signal,
	.broadcast = broadcast,
};
