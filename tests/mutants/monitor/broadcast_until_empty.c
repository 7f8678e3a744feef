/* A broadcast that goes on as long as somebody waits. */
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/monitor.h>

struct waiter {
	struct waiter *next;
	pthread_cond_t woken;
	bool signalled;
};

struct monitor {
	pthread_mutex_t mutex;
	struct waiter *first[MONITOR_CONDITIONS];
};

static int init(struct monitor *monitor)
{
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++)
		monitor->first[i] = NULL;
	return pthread_mutex_init(&monitor->mutex, NULL);
}

static void enter(struct monitor *monitor)
{
	pthread_mutex_lock(&monitor->mutex);
}

static void leave(struct monitor *monitor)
{
	pthread_mutex_unlock(&monitor->mutex);
}

static void wait(struct monitor *monitor, unsigned condition)
{
	struct waiter waiter = { .next = monitor->first[condition] };
	pthread_cond_init(&waiter.woken, NULL);
	monitor->first[condition] = &waiter;
	while (!waiter.signalled)
		pthread_cond_wait(&waiter.woken, &monitor->mutex);
	pthread_cond_destroy(&waiter.woken);
}

static void signal(struct monitor *monitor, unsigned condition)
{
	struct waiter *waiter = monitor->first[condition];
	if (waiter == NULL)
		return;
	waiter->signalled = true;
	pthread_cond_signal(&waiter->woken);
}

static void broadcast(struct monitor *monitor, unsigned condition)
{
	while (monitor->first[condition] != NULL)
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
