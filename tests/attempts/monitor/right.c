/* Mesa monitor: a mutex and eight condition variables. */
#include <pthread.h>
#include <syncgrade/monitor.h>

struct monitor {
	pthread_mutex_t m;
	pthread_cond_t c[MONITOR_CONDITIONS];
};

static int init(struct monitor *m)
{
	pthread_mutex_init(&m->m, NULL);
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++)
		pthread_cond_init(&m->c[i], NULL);
	return 0;
}

static void enter(struct monitor *m)
{
	pthread_mutex_lock(&m->m);
}

static void leave(struct monitor *m)
{
	pthread_mutex_unlock(&m->m);
}

static void wait(struct monitor *m, unsigned condition)
{
	pthread_cond_wait(&m->c[condition], &m->m);
}

static void signal(struct monitor *m, unsigned condition)
{
	pthread_cond_signal(&m->c[condition]);
}

static void broadcast(struct monitor *m, unsigned condition)
{
	pthread_cond_broadcast(&m->c[condition]);
}

static void destroy(struct monitor *m)
{
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++)
		pthread_cond_destroy(&m->c[i]);
	pthread_mutex_destroy(&m->m);
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

/* tells: nothing is wrong
 * lines: 19 */
