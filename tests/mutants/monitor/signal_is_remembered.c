/* Conditions are semaphores, which do not forget. */
#include <pthread.h>
#include <semaphore.h>
#include <syncgrade/monitor.h>

struct monitor {
	pthread_mutex_t mutex;
	sem_t woken[MONITOR_CONDITIONS];
};

static int init(struct monitor *monitor)
{
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++)
		sem_init(&monitor->woken[i], 0, 0);
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
	pthread_mutex_unlock(&monitor->mutex);
	sem_wait(&monitor->woken[condition]);
	pthread_mutex_lock(&monitor->mutex);
}

static void signal(struct monitor *monitor, unsigned condition)
{
	sem_post(&monitor->woken[condition]);
}

static void broadcast(struct monitor *monitor, unsigned condition)
{
	for (unsigned i = 0; i < 32; i++)
		sem_post(&monitor->woken[condition]);
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
