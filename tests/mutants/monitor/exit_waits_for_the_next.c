/* A Mesa monitor with an entrance of its own, of a mutex and a condition variable. Who leaves while others want in
 * waits until one of these has left, too. */
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/monitor.h>

struct monitor {
	pthread_mutex_t mutex;
	pthread_cond_t free, condition[MONITOR_CONDITIONS];
	bool inside;               /* protected by the mutex, as is what follows */
	unsigned wanting, entries; /* threads at the entrance; how often one came in */
};

static int init(struct monitor *m)
{
	int error = pthread_mutex_init(&m->mutex, NULL);
	if (error == 0)
		error = pthread_cond_init(&m->free, NULL);
	for (unsigned i = 0; i < MONITOR_CONDITIONS && error == 0; i++)
		error = pthread_cond_init(&m->condition[i], NULL);
	m->inside = false;
	m->wanting = m->entries = 0;
	return error;
}

/* With the mutex held. */
static void get_in(struct monitor *m)
{
	m->wanting++;
	while (m->inside)
		pthread_cond_wait(&m->free, &m->mutex);
	m->wanting--;
	m->inside = true;
	m->entries++;
}

static void get_out(struct monitor *m)
{
	m->inside = false;
	pthread_cond_broadcast(&m->free);
}

static void enter(struct monitor *m)
{
	pthread_mutex_lock(&m->mutex);
	get_in(m);
	pthread_mutex_unlock(&m->mutex);
}

static void leave(struct monitor *m)
{
	pthread_mutex_lock(&m->mutex);
	get_out(m);
	unsigned entries = m->entries;
	while (m->wanting > 0 && m->entries == entries)
		pthread_cond_wait(&m->free, &m->mutex);
	while (m->entries == entries + 1 && m->inside)
		pthread_cond_wait(&m->free, &m->mutex);
	pthread_mutex_unlock(&m->mutex);
}

static void wait(struct monitor *m, unsigned condition)
{
	pthread_mutex_lock(&m->mutex);
	get_out(m);
	pthread_cond_wait(&m->condition[condition], &m->mutex);
	get_in(m);
	pthread_mutex_unlock(&m->mutex);
}

static void signal(struct monitor *m, unsigned condition)
{
	pthread_mutex_lock(&m->mutex);
	pthread_cond_signal(&m->condition[condition]);
	pthread_mutex_unlock(&m->mutex);
}

static void broadcast(struct monitor *m, unsigned condition)
{
	pthread_mutex_lock(&m->mutex);
	pthread_cond_broadcast(&m->condition[condition]);
	pthread_mutex_unlock(&m->mutex);
}

static void destroy(struct monitor *m)
{
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++)
		pthread_cond_destroy(&m->condition[i]);
	pthread_cond_destroy(&m->free);
	pthread_mutex_destroy(&m->mutex);
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
