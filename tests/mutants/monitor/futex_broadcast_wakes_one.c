/* A futex monitor whose broadcast wakes one thread. */
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <syncgrade/monitor.h>
#include <sys/syscall.h>
#include <unistd.h>

struct monitor {
	atomic_uint lock, signals[MONITOR_CONDITIONS];
};

static int init(struct monitor *monitor)
{
	atomic_init(&monitor->lock, 0);
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++)
		atomic_init(&monitor->signals[i], 0);
	return 0;
}

static void enter(struct monitor *monitor)
{
	unsigned state = 0;
	if (atomic_compare_exchange_strong(&monitor->lock, &state, 1))
		return;
	while (atomic_exchange(&monitor->lock, 2) != 0)
		syscall(SYS_futex, &monitor->lock, FUTEX_WAIT, 2, NULL, NULL, 0);
}

static void leave(struct monitor *monitor)
{
	if (atomic_exchange(&monitor->lock, 0) == 2)
		syscall(SYS_futex, &monitor->lock, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static void wait(struct monitor *monitor, unsigned condition)
{
	unsigned signals = atomic_load(&monitor->signals[condition]);
	leave(monitor);
	syscall(SYS_futex, &monitor->signals[condition], FUTEX_WAIT, signals, NULL, NULL, 0);
	enter(monitor);
}

static void signal(struct monitor *monitor, unsigned condition)
{
	atomic_fetch_add(&monitor->signals[condition], 1);
	syscall(SYS_futex, &monitor->signals[condition], FUTEX_WAKE, 1, NULL, NULL, 0);
}

static void broadcast(struct monitor *monitor, unsigned condition)
{
	signal(monitor, condition);
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
