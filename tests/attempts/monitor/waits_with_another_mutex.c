/* Each condition has its own mutex. */
#include <pthread.h>
#include <syncgrade/monitor.h>

struct monitor {
	pthread_mutex_t monitor;
	pthread_mutex_t m[MONITOR_CONDITIONS];
	pthread_cond_t c[MONITOR_CONDITIONS];
};

static int init(struct monitor *m)
{
	pthread_mutex_init(&m->monitor, NULL);
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++) {
		pthread_mutex_init(&m->m[i], NULL);
		pthread_cond_init(&m->c[i], NULL);
	}
	return 0;
}

static void enter(struct monitor *m)
{
	pthread_mutex_lock(&m->monitor);
}

static void leave(struct monitor *m)
{
	pthread_mutex_unlock(&m->monitor);
}

static void wait(struct monitor *m, unsigned condition)
{
	pthread_mutex_unlock(&m->monitor);
	pthread_mutex_lock(&m->m[condition]);
	pthread_cond_wait(&m->c[condition], &m->m[condition]);
	pthread_mutex_unlock(&m->m[condition]);
	pthread_mutex_lock(&m->monitor);
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
	.signaling = MONITOR_MESA,
	.size = sizeof(struct monitor),
	.init = init,
	.enter = enter,
	.exit = leave,
	.wait = wait,
	.signal = signal,
	.broadcast = broadcast,
};

/* tells: when nobody waits, which is lost; then thread
 * lines: 36 */
