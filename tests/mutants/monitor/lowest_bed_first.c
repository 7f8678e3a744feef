/* Who waits for a condition lies down in the lowest bed that is free; signal wakes who lies in the lowest. */
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/monitor.h>

#define BEDS 64u

struct monitor {
	pthread_mutex_t mutex;                /* protects who is where */
	sem_t *bed[MONITOR_CONDITIONS][BEDS]; /* of who lies in it; NULL: free */
};

static int init(struct monitor *monitor)
{
	for (unsigned c = 0; c < MONITOR_CONDITIONS; c++) {
		for (unsigned i = 0; i < BEDS; i++)
			monitor->bed[c][i] = NULL;
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
	sem_t woken;
	sem_init(&woken, 0, 0);
	while (monitor->bed[condition][bed] != NULL)
		bed++;
	monitor->bed[condition][bed] = &woken;
	pthread_mutex_unlock(&monitor->mutex);
	while (sem_wait(&woken) != 0)
		;
	pthread_mutex_lock(&monitor->mutex);
	sem_destroy(&woken);
}

static bool wake(struct monitor *monitor, unsigned condition)
{
	unsigned bed = 0;
	while (bed < BEDS && monitor->bed[condition][bed] == NULL)
		bed++;
	if (bed == BEDS)
		return false;
	sem_t *woken = monitor->bed[condition][bed];
	monitor->bed[condition][bed] = NULL;
	sem_post(woken);
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
