// A waiting loop that counts its rounds under the mutex that protects the value: its state never repeats, and the first
// execution would never end. It is bounded, and told as not complete; it is no reason to judge nothing.
// test: semaphore-ordering | -t 2 -r 2 -p 0x10 -x 20000 | ordering: pass executions [1-9][0-9]* blocked [0-9]* incomplete
#include <pthread.h>
#include <sched.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	pthread_mutex_t m;
	unsigned value;
	unsigned long polls;
};

static int init(struct semaphore *s, unsigned value)
{
	s->value = value;
	s->polls = 0;
	return pthread_mutex_init(&s->m, NULL);
}

static void wait_(struct semaphore *s)
{
	for (;;) {
		pthread_mutex_lock(&s->m);
		if (s->value > 0)
			break;
		s->polls++;
		pthread_mutex_unlock(&s->m);
		sched_yield();
	}
	s->value--;
	pthread_mutex_unlock(&s->m);
}

static void signal_(struct semaphore *s)
{
	pthread_mutex_lock(&s->m);
	s->value++;
	pthread_mutex_unlock(&s->m);
}

static void destroy(struct semaphore *s)
{
	pthread_mutex_destroy(&s->m);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait_,
	.signal = signal_,
	.destroy = destroy,
};
