/* Who waits at a condition has a flag of its own, and there are sixteen of them: the seventeenth shares the first. */
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/monitor.h>

#define PLACES 16u

struct queue {
	unsigned first, behind;
	bool go[PLACES];
};

struct monitor {
	pthread_mutex_t mutex;
	pthread_cond_t called;
	struct queue queue[MONITOR_CONDITIONS]; /* protected by the mutex */
};

static int init(struct monitor *monitor)
{
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++)
		monitor->queue[i] = (struct queue){ .first = 0 };
	pthread_cond_init(&monitor->called, NULL);
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
	struct queue *queue = &monitor->queue[condition];
	unsigned place = queue->behind++ % PLACES;
	while (!queue->go[place])
		pthread_cond_wait(&monitor->called, &monitor->mutex);
	queue->go[place] = false;
}

static void signal(struct monitor *monitor, unsigned condition)
{
	struct queue *queue = &monitor->queue[condition];
	if (queue->first == queue->behind)
		return;
	queue->go[queue->first++ % PLACES] = true;
	pthread_cond_broadcast(&monitor->called);
}

static void broadcast(struct monitor *monitor, unsigned condition)
{
	while (monitor->queue[condition].first != monitor->queue[condition].behind)
		signal(monitor, condition);
}

static void destroy(struct monitor *monitor)
{
	pthread_cond_destroy(&monitor->called);
	pthread_mutex_destroy(&monitor->mutex);
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
	.destroy = destroy,
};
