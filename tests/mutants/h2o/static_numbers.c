/* All h2o count together. */
#include <h2o.h>

#include <pthread.h>

struct h2o {
	pthread_mutex_t mutex;
	pthread_cond_t came;
};

static uint64_t hydrogens, oxygens; /* that have come; protected by the mutex */

static int init(struct h2o *h2o)
{
	hydrogens = oxygens = 0;
	pthread_cond_init(&h2o->came, NULL);
	return pthread_mutex_init(&h2o->mutex, NULL);
}

static void await_molecule(struct h2o *h2o, uint64_t molecule)
{
	pthread_cond_broadcast(&h2o->came);
	while (hydrogens < 2 * molecule + 2 || oxygens < molecule + 1)
		pthread_cond_wait(&h2o->came, &h2o->mutex);
}

static uint64_t hydrogen(struct h2o *h2o)
{
	pthread_mutex_lock(&h2o->mutex);
	uint64_t molecule = hydrogens++ / 2;
	await_molecule(h2o, molecule);
	pthread_mutex_unlock(&h2o->mutex);
	return molecule;
}

static uint64_t oxygen(struct h2o *h2o)
{
	pthread_mutex_lock(&h2o->mutex);
	uint64_t molecule = oxygens++;
	await_molecule(h2o, molecule);
	pthread_mutex_unlock(&h2o->mutex);
	return molecule;
}

static void destroy(struct h2o *h2o)
{
	pthread_cond_destroy(&h2o->came);
	pthread_mutex_destroy(&h2o->mutex);
}

const struct h2o_plugin h2o_plugin = {
	.abi = H2O_PLUGIN_ABI,
	.size = sizeof(struct h2o),
	.init = init,
	.hydrogen = hydrogen,
	.oxygen = oxygen,
	.destroy = destroy,
};
