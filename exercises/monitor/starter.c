/* A monitor. Fill in struct monitor and the functions below; README.md says what they have to do.
 *
 * As it stands, this builds, loads, and lets everybody in: the grader will say what goes wrong then. */
#include <stdatomic.h>
#include <syncgrade/monitor.h>

struct monitor {
	atomic_int
	    unused; /* TODO: what does your monitor have to remember? MONITOR_CONDITIONS conditions are among it */
};

/* Makes an empty monitor. */
static int init(struct monitor *monitor)
{
	atomic_init(&monitor->unused, 0);
	return 0; /* or an errno value, if it cannot be done */
}

/* Returns when the calling thread is inside, alone. */
static void enter(struct monitor *monitor)
{
	(void)monitor;
	/* TODO */
}

/* Leaves. (Not called "exit" here, because <stdlib.h> has a function of that name.) */
static void leave(struct monitor *monitor)
{
	(void)monitor;
	/* TODO */
}

/* Gives the monitor up, waits for `condition`, and is inside again when it returns. */
static void wait(struct monitor *monitor, unsigned condition)
{
	(void)monitor;
	(void)condition;
	/* TODO */
}

/* Wakes a waiter of `condition`, if there is any. */
static void signal(struct monitor *monitor, unsigned condition)
{
	(void)monitor;
	(void)condition;
	/* TODO */
}

/* Wakes every waiter of `condition`. */
static void broadcast(struct monitor *monitor, unsigned condition)
{
	(void)monitor;
	(void)condition;
	/* TODO */
}

/* Frees what init has allocated, if it has. The struct monitor itself belongs to the grader. */
static void destroy(struct monitor *monitor)
{
	(void)monitor;
}

const struct monitor_plugin monitor_plugin = {
	.abi = MONITOR_PLUGIN_ABI,
	.signaling = MONITOR_MESA, /* or MONITOR_HOARE: what signal promises, and what you are judged by */
	.size = sizeof(struct monitor),
	.init = init,
	.enter = enter,
	.exit = leave,
	.wait = wait,
	.signal = signal,
	.broadcast = broadcast,
	.destroy = destroy,
};
