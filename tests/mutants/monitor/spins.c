/* Right, but for what it costs: all waiting is done in loops. */
#include <stdatomic.h>
#include <syncgrade/monitor.h>

struct monitor {
	atomic_flag held;
	atomic_uint signals[MONITOR_CONDITIONS];
};

static int init(struct monitor *monitor)
{
	atomic_flag_clear(&monitor->held);
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++)
		atomic_init(&monitor->signals[i], 0);
	return 0;
}

static void enter(struct monitor *monitor)
{
	while (atomic_flag_test_and_set_explicit(&monitor->held, memory_order_acquire))
		;
}

static void leave(struct monitor *monitor)
{
	atomic_flag_clear_explicit(&monitor->held, memory_order_release);
}

static void wait(struct monitor *monitor, unsigned condition)
{
	unsigned before = atomic_load(&monitor->signals[condition]);
	leave(monitor);
	while (atomic_load(&monitor->signals[condition]) == before)
		;
	enter(monitor);
}

/* Wakes all, which Mesa's discipline allows. */
static void signal(struct monitor *monitor, unsigned condition)
{
	atomic_fetch_add(&monitor->signals[condition], 1);
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
	.broadcast = signal,
};
