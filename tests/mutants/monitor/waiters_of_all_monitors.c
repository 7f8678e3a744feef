/* A Mesa monitor with a list of waiters for each condition number, which all monitors share. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <syncgrade/monitor.h>

struct waiter {
	struct waiter *next;
	sem_t woken;
};

struct monitor {
	pthread_mutex_t mutex;
};

static struct waiter *first[MONITOR_CONDITIONS];
static pthread_mutex_t list = PTHREAD_MUTEX_INITIALIZER;

static int init(struct monitor *monitor)
{
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

/* In the list before the mutex is given up, so that no signal goes by. The semaphore remembers one that comes before we
 * sleep. It is on our stack, and is ours again when we have held the list: sem_post has returned by then. */
static void wait(struct monitor *monitor, unsigned condition)
{
	struct waiter waiter = { .next = NULL };
	if (sem_init(&waiter.woken, 0, 0) != 0)
		abort();
	pthread_mutex_lock(&list);
	struct waiter **end = &first[condition];
	while (*end != NULL)
		end = &(*end)->next;
	*end = &waiter;
	pthread_mutex_unlock(&list);
	pthread_mutex_unlock(&monitor->mutex);
	while (sem_wait(&waiter.woken) != 0)
		if (errno != EINTR)
			abort();
	pthread_mutex_lock(&list);
	sem_destroy(&waiter.woken);
	pthread_mutex_unlock(&list);
	pthread_mutex_lock(&monitor->mutex);
}

static void signal(struct monitor *monitor, unsigned condition)
{
	(void)monitor;
	pthread_mutex_lock(&list);
	struct waiter *waiter = first[condition];
	if (waiter != NULL) {
		first[condition] = waiter->next;
		sem_post(&waiter->woken);
	}
	pthread_mutex_unlock(&list);
}

static bool anybody_waits(unsigned condition)
{
	pthread_mutex_lock(&list);
	bool waits = first[condition] != NULL;
	pthread_mutex_unlock(&list);
	return waits;
}

static void broadcast(struct monitor *monitor, unsigned condition)
{
	while (anybody_waits(condition))
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
