/* As in Dijkstra's definition: the value may be negative, then so many wait. */
#include <pthread.h>
#include <syncgrade/semaphore.h>

struct semaphore {
	pthread_mutex_t mutex;
	pthread_cond_t cond;
	int value;
};

static int init(struct semaphore *sem, unsigned value)
{
	pthread_mutex_init(&sem->mutex, NULL);
	pthread_cond_init(&sem->cond, NULL);
	sem->value = (int)value;
	return 0;
}

static void wait(struct semaphore *sem)
{
	pthread_mutex_lock(&sem->mutex);
	sem->value--;
	if (sem->value < 0)
		pthread_cond_wait(&sem->cond, &sem->mutex);
	pthread_mutex_unlock(&sem->mutex);
}

static void signal(struct semaphore *sem)
{
	pthread_mutex_lock(&sem->mutex);
	sem->value++;
	if (sem->value <= 0)
		pthread_cond_signal(&sem->cond);
	pthread_mutex_unlock(&sem->mutex);
}

const struct semaphore_plugin semaphore_plugin = {
	.abi = SEMAPHORE_PLUGIN_ABI,
	.size = sizeof(struct semaphore),
	.init = init,
	.wait = wait,
	.signal = signal,
};

/* tells: pthread_cond_wait may return for no reason, as here (line 24)
 * lines: 32 */
