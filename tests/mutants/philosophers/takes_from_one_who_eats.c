/* Takes a dirty fork also from one who eats. */
#include <pthread.h>
#include <stdbool.h>
#include <syncgrade/philosophers.h>

struct fork {
	unsigned owner;
	bool dirty;
	bool wanted; /* by the other one, when the owner has eaten */
};

struct philosophers {
	unsigned n;
	pthread_mutex_t mutex;
	pthread_cond_t given[PHILOSOPHERS_MAX]; /* to the philosopher with this number */
	bool eats[PHILOSOPHERS_MAX];            /* protected by the mutex, as are the forks */
	struct fork fork[PHILOSOPHERS_MAX];     /* fork i lies between philosophers i and i + 1 */
};

/* In the beginning all forks are dirty, and belong to the lower of their two numbers: who could wait for whom is no
 * circle. */
static int init(struct philosophers *table, unsigned philosophers)
{
	int error = pthread_mutex_init(&table->mutex, NULL);
	table->n = philosophers;
	for (unsigned i = 0; i < philosophers && error == 0; i++) {
		unsigned other = (i + 1) % philosophers;
		table->fork[i] = (struct fork){ .owner = i < other ? i : other, .dirty = true };
		table->eats[i] = false;
		error = pthread_cond_init(&table->given[i], NULL);
	}
	return error;
}

static void give(struct fork *fork, unsigned to)
{
	*fork = (struct fork){ .owner = to };
}

static bool ask_for(struct fork *fork, unsigned self)
{
	if (fork->owner != self && fork->dirty)
		give(fork, self);
	fork->wanted = fork->wanted || fork->owner != self;
	return fork->owner == self;
}

static void pick_up(struct philosophers *table, unsigned self)
{
	struct fork *right = &table->fork[self], *left = &table->fork[(self + table->n - 1) % table->n];
	pthread_mutex_lock(&table->mutex);
	/* Both are asked for, each time. */
	while (!((int)ask_for(right, self) & (int)ask_for(left, self)))
		pthread_cond_wait(&table->given[self], &table->mutex);
	table->eats[self] = true;
	right->dirty = left->dirty = true;
	pthread_mutex_unlock(&table->mutex);
}

static void hand_over(struct philosophers *table, struct fork *fork, unsigned to)
{
	if (!fork->wanted)
		return;
	give(fork, to);
	pthread_cond_signal(&table->given[to]);
}

static void put_down(struct philosophers *table, unsigned self)
{
	unsigned left = (self + table->n - 1) % table->n, right = (self + 1) % table->n;
	pthread_mutex_lock(&table->mutex);
	table->eats[self] = false;
	hand_over(table, &table->fork[self], right);
	hand_over(table, &table->fork[left], left);
	pthread_mutex_unlock(&table->mutex);
}

static void destroy(struct philosophers *table)
{
	for (unsigned i = 0; i < table->n; i++)
		pthread_cond_destroy(&table->given[i]);
	pthread_mutex_destroy(&table->mutex);
}

const struct philosophers_plugin philosophers_plugin = {
	.abi = PHILOSOPHERS_PLUGIN_ABI,
	.threads_max = 0, /* any number up to PHILOSOPHERS_MAX */
	.size = sizeof(struct philosophers),
	.init = init,
	.pick_up = pick_up,
	.put_down = put_down,
	.destroy = destroy,
};
