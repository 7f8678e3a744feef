/* A Hoare monitor on semaphores: one for the entrance, one for signallers, who wait until the thread that they woke
 * leaves or waits again and then go before newcomers. (Hoare, "Monitors: an operating system structuring concept",
 * 1974, section 4; with a semaphore for each waiter, so that none takes another's turn.) */
#include <errno.h>
#include <semaphore.h>
#include <stddef.h>
#include <stdlib.h>
#include <syncgrade/monitor.h>

struct waiter {
	struct waiter *next;
	sem_t turn;
};

/* Whoever is inside owns all but the semaphores. It is handed on: `entrance` is 1 only while nobody is inside. */
struct monitor {
	sem_t entrance, urgent;
	unsigned urgent_count; /* signallers that wait */
	struct waiter *first[MONITOR_CONDITIONS], **end[MONITOR_CONDITIONS];
	unsigned count[MONITOR_CONDITIONS];
};

static void up(sem_t *semaphore)
{
	if (sem_post(semaphore) != 0)
		abort();
}

static void down(sem_t *semaphore)
{
	while (sem_wait(semaphore) != 0)
		if (errno != EINTR)
			abort();
}

static int init(struct monitor *monitor)
{
	for (unsigned i = 0; i < MONITOR_CONDITIONS; i++) {
		monitor->first[i] = NULL;
		monitor->end[i] = &monitor->first[i];
		monitor->count[i] = 0;
	}
	monitor->urgent_count = 0;
	if (sem_init(&monitor->entrance, 0, 1) != 0 || sem_init(&monitor->urgent, 0, 0) != 0)
		return errno;
	return 0;
}

static void enter(struct monitor *monitor)
{
	down(&monitor->entrance);
}

static void leave(struct monitor *monitor)
{
	up(monitor->urgent_count > 0 ? &monitor->urgent : &monitor->entrance);
}

static void wait(struct monitor *monitor, unsigned condition)
{
	struct waiter waiter = { .next = NULL };
	if (sem_init(&waiter.turn, 0, 0) != 0)
		abort();
	*monitor->end[condition] = &waiter;
	monitor->end[condition] = &waiter.next;
	monitor->count[condition]++;
	leave(monitor);
	down(&waiter.turn);
	sem_destroy(&waiter.turn);
}

static void signal(struct monitor *monitor, unsigned condition)
{
	struct waiter *waiter = monitor->first[condition];
	if (waiter == NULL)
		return;
	monitor->first[condition] = waiter->next;
	if (waiter->next == NULL)
		monitor->end[condition] = &monitor->first[condition];
	monitor->count[condition]--;
	monitor->urgent_count++;
	up(&waiter->turn);
	down(&monitor->urgent);
	monitor->urgent_count--;
}

/* Those who wait now; one that waits again meanwhile has had its turn. */
static void broadcast(struct monitor *monitor, unsigned condition)
{
	for (unsigned count = monitor->count[condition]; count > 0; count--)
		signal(monitor, condition);
}

static void destroy(struct monitor *monitor)
{
	sem_destroy(&monitor->entrance);
	sem_destroy(&monitor->urgent);
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
