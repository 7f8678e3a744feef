/* Hoare's monitor whose wait forgets signallers that are waiting. */
#include <semaphore.h>
#include <syncgrade/monitor.h>

struct monitor {
	sem_t entrance, urgent, condition[MONITOR_CONDITIONS];
	unsigned urgent_count, count[MONITOR_CONDITIONS];
};

static int init(struct monitor *monitor)
{
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++) {
		sem_init(&monitor->condition[i], 0, 0);
		monitor->count[i] = 0;
	}
	monitor->urgent_count = 0;
	sem_init(&monitor->urgent, 0, 0);
	return sem_init(&monitor->entrance, 0, 1);
}

static void enter(struct monitor *monitor)
{
	sem_wait(&monitor->entrance);
}

static void leave(struct monitor *monitor)
{
	sem_post(monitor->urgent_count > 0 ? &monitor->urgent : &monitor->entrance);
}

static void wait(struct monitor *monitor, unsigned condition)
{
	monitor->count[condition]++;
	sem_post(&monitor->entrance);
	sem_wait(&monitor->condition[condition]);
	monitor->count[condition]--;
}

static void signal(struct monitor *monitor, unsigned condition)
{
	if (monitor->count[condition] == 0)
		return;
	monitor->urgent_count++;
	sem_post(&monitor->condition[condition]);
	sem_wait(&monitor->urgent);
	monitor->urgent_count--;
}

static void broadcast(struct monitor *monitor, unsigned condition)
{
	for (unsigned count = monitor->count[condition]; count > 0; count--)
		signal(monitor, condition);
}

const struct monitor_plugin monitor_plugin = {
	.abi = MONITOR_PLUGIN_ABI,
	.signaling = MONITOR_HOARE,
	.size = sizeof(struct monitor),
	.init = init,
	.enter = enter,
	.exit = leave,
	.wait = wait,
	.signal = signal,
	.broadcast = broadcast,
};
