/* Half as many condition variables as there are conditions: each two share one. */
#include <pthread.h>
#include <syncgrade/monitor.h>

struct monitor {
	pthread_mutex_t mutex;
	pthread_cond_t condition[MONITOR_CONDITIONS / 2];
};

static int init(struct monitor *monitor)
{
	for (unsigned i = 0; i < MONITOR_CONDITIONS / 2; i++)
		pthread_cond_init(&monitor->condition[i], NULL);
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
	pthread_cond_wait(&monitor->condition[condition / 2], &monitor->mutex);
}

static void signal(struct monitor *monitor, unsigned condition)
{
	pthread_cond_signal(&monitor->condition[condition / 2]);
}

static void broadcast(struct monitor *monitor, unsigned condition)
{
	pthread_cond_broadcast(&monitor->condition[condition / 2]);
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
