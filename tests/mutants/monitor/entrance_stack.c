/* Those who want to enter lie on a stack: exit lets in who came last. Waiters of a condition are first come, first
 * served, and come in by the entrance again. */
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/monitor.h>

struct waiter {
	sem_t woken;
	struct waiter *next;
};

struct monitor {
	pthread_mutex_t mutex; /* protects busy and top */
	bool busy;
	struct waiter *top;
	struct waiter *first[MONITOR_CONDITIONS], **end[MONITOR_CONDITIONS]; /* protected by the monitor itself */
};

static int init(struct monitor *monitor)
{
	monitor->busy = false;
	monitor->top = NULL;
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++) {
		monitor->first[i] = NULL;
		monitor->end[i] = &monitor->first[i];
	}
	return pthread_mutex_init(&monitor->mutex, NULL);
}

static void sleep_until_woken(struct waiter *waiter)
{
	while (sem_wait(&waiter->woken) != 0)
		;
	sem_destroy(&waiter->woken);
}

static void enter(struct monitor *monitor)
{
	struct waiter me;
	pthread_mutex_lock(&monitor->mutex);
	bool waits = monitor->busy;
	monitor->busy = true;
	if (waits) {
		sem_init(&me.woken, 0, 0);
		me.next = monitor->top;
		monitor->top = &me;
	}
	pthread_mutex_unlock(&monitor->mutex);
	if (waits)
		sleep_until_woken(&me);
}

static void leave(struct monitor *monitor)
{
	pthread_mutex_lock(&monitor->mutex);
	struct waiter *waiter = monitor->top;
	if (waiter != NULL) {
		monitor->top = waiter->next;
		sem_post(&waiter->woken);
	} else {
		monitor->busy = false;
	}
	pthread_mutex_unlock(&monitor->mutex);
}

static void wait(struct monitor *monitor, unsigned condition)
{
	struct waiter me = { .next = NULL };
	sem_init(&me.woken, 0, 0);
	*monitor->end[condition] = &me;
	monitor->end[condition] = &me.next;
	leave(monitor);
	sleep_until_woken(&me);
	enter(monitor);
}

static void signal(struct monitor *monitor, unsigned condition)
{
	struct waiter *waiter = monitor->first[condition];
	if (waiter == NULL)
		return;
	monitor->first[condition] = waiter->next;
	if (waiter->next == NULL)
		monitor->end[condition] = &monitor->first[condition];
	sem_post(&waiter->woken);
}

static void broadcast(struct monitor *monitor, unsigned condition)
{
	while (monitor->first[condition] != NULL)
		signal(monitor, condition);
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
