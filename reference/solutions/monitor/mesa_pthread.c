/* A Mesa monitor is what POSIX threads give: a mutex and condition variables. (Lampson and Redell, "Experience with
 * processes and monitors in Mesa", 1980.) */
#include <pthread.h>
#include <syncgrade/monitor.h>

struct monitor {
	pthread_mutex_t mutex;
	pthread_cond_t condition[MONITOR_CONDITIONS];
};

/* For threads of more than one process: the object may lie in memory that they share. */
static int init_shared(pthread_mutex_t *mutex, pthread_cond_t *conditions, unsigned n)
{
	pthread_mutexattr_t mutex_attributes;
	pthread_condattr_t condition_attributes;
	int error = pthread_mutexattr_init(&mutex_attributes);
	if (error == 0)
		error = pthread_mutexattr_setpshared(&mutex_attributes, PTHREAD_PROCESS_SHARED);
	if (error == 0)
		error = pthread_mutex_init(mutex, &mutex_attributes);
	if (error == 0)
		error = pthread_condattr_init(&condition_attributes);
	if (error == 0)
		error = pthread_condattr_setpshared(&condition_attributes, PTHREAD_PROCESS_SHARED);
	for (unsigned i = 0; i < n && error == 0; i++)
		error = pthread_cond_init(&conditions[i], &condition_attributes);
	return error;
}

static int init(struct monitor *monitor)
{
	return init_shared(&monitor->mutex, monitor->condition, MONITOR_CONDITIONS);
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
	pthread_cond_wait(&monitor->condition[condition], &monitor->mutex);
}

static void signal(struct monitor *monitor, unsigned condition)
{
	pthread_cond_signal(&monitor->condition[condition]);
}

static void broadcast(struct monitor *monitor, unsigned condition)
{
	pthread_cond_broadcast(&monitor->condition[condition]);
}

static void destroy(struct monitor *monitor)
{
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++)
		pthread_cond_destroy(&monitor->condition[i]);
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
