/* A Hoare monitor that takes every return of a condition variable for its turn. */
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <syncgrade/monitor.h>

struct waiter {
	struct waiter *next;
	pthread_cond_t turn;
};

struct queue {
	struct waiter *first, **end;
};

struct monitor {
	pthread_mutex_t mutex;
	bool busy; /* somebody is inside, or has been given the monitor */
	struct queue entrance, urgent, condition[MONITOR_CONDITIONS];
};

static void queue_init(struct queue *queue)
{
	queue->first = NULL;
	queue->end = &queue->first;
}

/* Gives the monitor to the first of the queue; false if it is empty. */
static bool queue_grant(struct queue *queue)
{
	struct waiter *waiter = queue->first;
	if (waiter == NULL)
		return false;
	queue->first = waiter->next;
	if (queue->first == NULL)
		queue->end = &queue->first;
	pthread_cond_signal(&waiter->turn);
	return true;
}

static void queue_join(struct queue *queue, struct waiter *waiter)
{
	waiter->next = NULL;
	pthread_cond_init(&waiter->turn, NULL);
	*queue->end = waiter;
	queue->end = &waiter->next;
}

static void await_turn(struct monitor *monitor, struct waiter *waiter)
{
	pthread_cond_wait(&waiter->turn, &monitor->mutex);
	pthread_cond_destroy(&waiter->turn);
}

static void hand_on(struct monitor *monitor)
{
	if (!queue_grant(&monitor->urgent) && !queue_grant(&monitor->entrance))
		monitor->busy = false;
}

static int init(struct monitor *monitor)
{
	monitor->busy = false;
	queue_init(&monitor->entrance);
	queue_init(&monitor->urgent);
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++)
		queue_init(&monitor->condition[i]);
	return pthread_mutex_init(&monitor->mutex, NULL);
}

static void enter(struct monitor *monitor)
{
	struct waiter self;
	pthread_mutex_lock(&monitor->mutex);
	if (monitor->busy) {
		queue_join(&monitor->entrance, &self);
		await_turn(monitor, &self);
	}
	monitor->busy = true;
	pthread_mutex_unlock(&monitor->mutex);
}

static void leave(struct monitor *monitor)
{
	pthread_mutex_lock(&monitor->mutex);
	hand_on(monitor);
	pthread_mutex_unlock(&monitor->mutex);
}

static void wait(struct monitor *monitor, unsigned condition)
{
	struct waiter self;
	pthread_mutex_lock(&monitor->mutex);
	queue_join(&monitor->condition[condition], &self);
	hand_on(monitor);
	await_turn(monitor, &self);
	pthread_mutex_unlock(&monitor->mutex);
}

/* With the mutex held. */
static void signal_one(struct monitor *monitor, unsigned condition)
{
	struct waiter self;
	if (!queue_grant(&monitor->condition[condition]))
		return;
	queue_join(&monitor->urgent, &self);
	await_turn(monitor, &self);
}

static void signal(struct monitor *monitor, unsigned condition)
{
	pthread_mutex_lock(&monitor->mutex);
	signal_one(monitor, condition);
	pthread_mutex_unlock(&monitor->mutex);
}

/* Those who wait now; one that waits again meanwhile has had its turn. */
static void broadcast(struct monitor *monitor, unsigned condition)
{
	unsigned count = 0;
	pthread_mutex_lock(&monitor->mutex);
	for (struct waiter *waiter = monitor->condition[condition].first; waiter != NULL; waiter = waiter->next)
		count++;
	for (; count > 0; count--)
		signal_one(monitor, condition);
	pthread_mutex_unlock(&monitor->mutex);
}

static void destroy(struct monitor *monitor)
{
	pthread_mutex_destroy(&monitor->mutex);
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
	.destroy = destroy,
};
