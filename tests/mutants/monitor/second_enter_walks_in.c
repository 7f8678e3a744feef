/* Counts who is inside, and lets two in. */
#include <pthread.h>
#include <syncgrade/monitor.h>

struct monitor {
	pthread_mutex_t mutex;
	pthread_cond_t way_in;
	unsigned inside;
	unsigned long signals[MONITOR_CONDITIONS];
	pthread_cond_t condition[MONITOR_CONDITIONS];
};

static int init(struct monitor *monitor)
{
	monitor->inside = 0;
	pthread_cond_init(&monitor->way_in, NULL);
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++) {
		monitor->signals[i] = 0;
		pthread_cond_init(&monitor->condition[i], NULL);
	}
	return pthread_mutex_init(&monitor->mutex, NULL);
}

static void come_in(struct monitor *monitor)
{
	while (monitor->inside > 1)
		pthread_cond_wait(&monitor->way_in, &monitor->mutex);
	monitor->inside++;
}

static void go_out(struct monitor *monitor)
{
	monitor->inside--;
	pthread_cond_signal(&monitor->way_in);
}

static void enter(struct monitor *monitor)
{
	pthread_mutex_lock(&monitor->mutex);
	come_in(monitor);
	pthread_mutex_unlock(&monitor->mutex);
}

static void leave(struct monitor *monitor)
{
	pthread_mutex_lock(&monitor->mutex);
	go_out(monitor);
	pthread_mutex_unlock(&monitor->mutex);
}

static void wait(struct monitor *monitor, unsigned condition)
{
	pthread_mutex_lock(&monitor->mutex);
	unsigned long before = monitor->signals[condition];
	go_out(monitor);
	while (monitor->signals[condition] == before)
		pthread_cond_wait(&monitor->condition[condition], &monitor->mutex);
	come_in(monitor);
	pthread_mutex_unlock(&monitor->mutex);
}

static void signal(struct monitor *monitor, unsigned condition)
{
	pthread_mutex_lock(&monitor->mutex);
	monitor->signals[condition]++;
	pthread_cond_broadcast(&monitor->condition[condition]);
	pthread_mutex_unlock(&monitor->mutex);
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
