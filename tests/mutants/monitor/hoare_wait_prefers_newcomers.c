/* A Hoare monitor whose wait lets in somebody new, if there is anybody, before the signaller to whom it owes its turn.
 */
#include <errno.h>
#include <semaphore.h>
#include <stdatomic.h>
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
	atomic_uint coming;    /* who has not got in yet */
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
	atomic_init(&monitor->coming, 0);
	monitor->urgent_count = 0;
	if (sem_init(&monitor->entrance, 0, 1) != 0 || sem_init(&monitor->urgent, 0, 0) != 0)
		return errno;
	return 0;
}

static void enter(struct monitor *monitor)
{
	atomic_fetch_add(&monitor->coming, 1);
	down(&monitor->entrance);
	atomic_fetch_sub(&monitor->coming, 1);
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
	if (atomic_load(&monitor->coming) > 0)
		up(&monitor->entrance);
	else
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
