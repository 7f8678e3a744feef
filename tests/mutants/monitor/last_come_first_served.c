/* Those who wait for a condition lie on a stack. */
#include <pthread.h>
#include <semaphore.h>
#include <syncgrade/monitor.h>

struct waiter {
	sem_t woken;
	struct waiter *below;
};

struct monitor {
	pthread_mutex_t mutex;
	struct waiter *top[MONITOR_CONDITIONS];
};

static int init(struct monitor *monitor)
{
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++)
		monitor->top[i] = NULL;
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
	struct waiter me = { .below = monitor->top[condition] };
	sem_init(&me.woken, 0, 0);
	monitor->top[condition] = &me;
	pthread_mutex_unlock(&monitor->mutex);
	while (sem_wait(&me.woken) != 0)
		;
	pthread_mutex_lock(&monitor->mutex);
	sem_destroy(&me.woken);
}

static void signal(struct monitor *monitor, unsigned condition)
{
	struct waiter *waiter = monitor->top[condition];
	if (waiter == NULL)
		return;
	monitor->top[condition] = waiter->below;
	sem_post(&waiter->woken);
}

static void broadcast(struct monitor *monitor, unsigned condition)
{
	while (monitor->top[condition] != NULL)
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
