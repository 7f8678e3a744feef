/* Tanenbaum's solution with states. */
#include <pthread.h>
#include <syncgrade/philosophers.h>

enum state { THINKING, HUNGRY, EATING };

struct philosophers {
	pthread_mutex_t mutex;
	pthread_cond_t cond[PHILOSOPHERS_MAX];
	enum state state[PHILOSOPHERS_MAX];
	unsigned n;
};

static int init(struct philosophers *t, unsigned philosophers)
{
	t->n = philosophers;
	pthread_mutex_init(&t->mutex, NULL);
	for (unsigned i = 0; i < philosophers; i++) {
		pthread_cond_init(&t->cond[i], NULL);
		t->state[i] = THINKING;
	}
	return 0;
}

static void test(struct philosophers *t, unsigned i)
{
	unsigned left = (i + t->n - 1) % t->n, right = (i + 1) % t->n;
	if (t->state[i] == HUNGRY && t->state[left] != EATING && t->state[right] != EATING) {
		t->state[i] = EATING;
		pthread_cond_signal(&t->cond[i]);
	}
}

static void pick_up(struct philosophers *t, unsigned self)
{
	pthread_mutex_lock(&t->mutex);
	t->state[self] = HUNGRY;
	test(t, self);
	while (t->state[self] != EATING)
		pthread_cond_wait(&t->cond[self], &t->mutex);
	pthread_mutex_unlock(&t->mutex);
}

static void put_down(struct philosophers *t, unsigned self)
{
	pthread_mutex_lock(&t->mutex);
	t->state[self] = THINKING;
	pthread_mutex_unlock(&t->mutex);
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
};

/* tells: Two philosophers were waiting for the one between them; when he had put his forks down, not both of
 *        them got theirs.
 * lines: 37 */
