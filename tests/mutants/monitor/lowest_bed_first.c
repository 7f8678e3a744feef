/* Who waits for a condition sleeps in the lowest bed that is free; signal wakes the lowest bed that is not. */
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <syncgrade/monitor.h>

#define BEDS 64u

struct monitor {
	pthread_mutex_t mutex; /* protects who is where */
	bool taken[MONITOR_CONDITIONS][BEDS];
	sem_t bed[MONITOR_CONDITIONS][BEDS];
};

static int init(struct monitor *monitor)
{
	for (unsigned c = 0; c < MONITOR_CONDITIONS; c++) {
		for (unsigned i = 0; i < BEDS; i++) {
			monitor->taken[c][i] = false;
			sem_init(&monitor->bed[c][i], 0, 0);
		}
	}
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
	unsigned bed = 0;
	while (monitor->taken[condition][bed])
		bed++;
	monitor->taken[condition][bed] = true;
	pthread_mutex_unlock(&monitor->mutex);
	while (sem_wait(&monitor->bed[condition][bed]) != 0)
		;
	pthread_mutex_lock(&monitor->mutex);
}

static bool wake(struct monitor *monitor, unsigned condition)
{
	unsigned bed = 0;
	while (bed < BEDS && !monitor->taken[condition][bed])
		bed++;
	if (bed == BEDS)
		return false;
	monitor->taken[condition][bed] = false;
	sem_post(&monitor->bed[condition][bed]);
	return true;
}

static void signal(struct monitor *monitor, unsigned condition)
{
	wake(monitor, condition);
}

static void broadcast(struct monitor *monitor, unsigned condition)
{
	while (wake(monitor, condition))
		;
}

static void destroy(struct monitor *monitor)
{
	for (unsigned c = 0; c < MONITOR_CONDITIONS; c++) {
		for (unsigned i = 0; i < BEDS; i++)
			sem_destroy(&monitor->bed[c][i]);
	}
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
