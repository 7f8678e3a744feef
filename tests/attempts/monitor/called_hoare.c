/* Hoare monitor with POSIX condition variables. */
#include <pthread.h>
#include <syncgrade/monitor.h>

struct monitor {
	pthread_mutex_t mutex;
	pthread_cond_t c[MONITOR_CONDITIONS];
};

static int init(struct monitor *m)
{
	pthread_mutex_init(&m->mutex, NULL);
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++)
		pthread_cond_init(&m->c[i], NULL);
	return 0;
}

static void enter(struct monitor *m)
{
	pthread_mutex_lock(&m->mutex);
}

static void leave(struct monitor *m)
{
	pthread_mutex_unlock(&m->mutex);
}

static void wait(struct monitor *m, unsigned condition)
{
	pthread_cond_wait(&m->c[condition], &m->mutex);
}

static void signal(struct monitor *m, unsigned condition)
{
	pthread_cond_signal(&m->c[condition]);
}

static void broadcast(struct monitor *m, unsigned condition)
{
	pthread_cond_broadcast(&m->c[condition]);
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
};

/* tells: A signalled thread did not find its condition as the signaller left it, as Hoare's signalling
 *        promises.
 * lines: 27 */
