/* One condition variable for all eight, the users test in a loop anyway. */
#include <pthread.h>
#include <syncgrade/monitor.h>

struct monitor {
	pthread_mutex_t m;
	pthread_cond_t c;
};

static int init(struct monitor *m)
{
	pthread_mutex_init(&m->m, NULL);
	pthread_cond_init(&m->c, NULL);
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
	(void)condition;
	pthread_cond_wait(&m->c, &m->m);
}

static void signal(struct monitor *m, unsigned condition)
{
	(void)condition;
	pthread_cond_signal(&m->c);
}

static void broadcast(struct monitor *m, unsigned condition)
{
	(void)condition;
	pthread_cond_broadcast(&m->c);
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

/* tells: A signal did not wake the thread that waited for its condition.
 * lines: 29 */
