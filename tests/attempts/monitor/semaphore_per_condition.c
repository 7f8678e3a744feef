/* A semaphore for each condition, and how many wait for it. */
#include <semaphore.h>
#include <syncgrade/monitor.h>

struct monitor {
	sem_t entry;
	sem_t queue[MONITOR_CONDITIONS];
	int waiting[MONITOR_CONDITIONS];
};

static int init(struct monitor *m)
{
	sem_init(&m->entry, 0, 1);
	for (int i = 0; i < 8; i++) {
		sem_init(&m->queue[i], 0, 0);
		m->waiting[i] = 0;
	}
	return 0;
}

static void enter(struct monitor *m)
{
	sem_wait(&m->entry);
}

static void leave(struct monitor *m)
{
	sem_post(&m->entry);
}

static void wait(struct monitor *m, unsigned condition)
{
	m->waiting[condition]++;
	sem_post(&m->entry);
	sem_wait(&m->queue[condition]);
	sem_wait(&m->entry);
}

static void signal(struct monitor *m, unsigned condition)
{
	if (m->waiting[condition] > 0) {
		m->waiting[condition]--;
		sem_post(&m->queue[condition]);
	}
}

static void broadcast(struct monitor *m, unsigned condition)
{
	while (m->waiting[condition] > 0)
		signal(m, condition);
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

/* tells: thread 0 waits in wait() (sem_wait(monitor->queue[0])), thread 1 waits in wait()
 *        (sem_wait(monitor->queue[0]))
 * lines: 37 */
