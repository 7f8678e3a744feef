/* SOURCE: Birrell, "Implementing condition variables with semaphores" (2003), the second attempt; quoted at
 * jyywiki.cn/OS/2025/slides/16.3.html: a thread that has long begun to wait but not reached P loses its wake-up to
 * another. Same family: glibc BZ#13165/#25847, POSIX Issue 8's atomicity (llvm/llvm-project#192748). RIGHT: lost-wakeup
 * must fail. A waits (counted, monitor given up, not yet at P). B enters, signals A (V), then itself waits on the same
 * condition and takes the permit that was A's. B's wait returned without a signal (allowed by Mesa), it waits again; A,
 * which the signal had to wake, sleeps for ever. REASON: the contract: "signal wakes at least one waiter of that
 * condition"; B was none when it was given. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>
#include <syncgrade/monitor.h>

struct monitor {
	pthread_mutex_t inside;
	unsigned waiting[MONITOR_CONDITIONS];
	sem_t bed[MONITOR_CONDITIONS];
};

static int init(struct monitor *m)
{
	for (unsigned c = 0; c < MONITOR_CONDITIONS; c++) {
		m->waiting[c] = 0;
		if (sem_init(&m->bed[c], 0, 0) != 0)
			return errno;
	}
	return pthread_mutex_init(&m->inside, NULL);
}

static void enter(struct monitor *m)
{
	pthread_mutex_lock(&m->inside);
}

static void leave(struct monitor *m)
{
	pthread_mutex_unlock(&m->inside);
}

static void wait(struct monitor *m, unsigned c)
{
	m->waiting[c]++;
	pthread_mutex_unlock(&m->inside);
	while (sem_wait(&m->bed[c]) != 0 && errno == EINTR)
		;
	pthread_mutex_lock(&m->inside);
}

static void signal(struct monitor *m, unsigned c)
{
	if (m->waiting[c] > 0) {
		m->waiting[c]--;
		sem_post(&m->bed[c]);
	}
}

static void broadcast(struct monitor *m, unsigned c)
{
	while (m->waiting[c] > 0)
		signal(m, c);
}

static void destroy(struct monitor *m)
{
	for (unsigned c = 0; c < MONITOR_CONDITIONS; c++)
		sem_destroy(&m->bed[c]);
	pthread_mutex_destroy(&m->inside);
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
