/* A hydrogen waits with the mutex in its hands. */
#include <h2o.h>

#include <semaphore.h>

struct h2o {
	sem_t mutex;
	sem_t hydrogens_go, oxygens_go, have_read;
	unsigned hydrogens, oxygens; /* that wait; protected by the mutex, which is passed on to the oxygen */
	uint64_t molecule;
};

static void down(sem_t *semaphore)
{
	while (sem_wait(semaphore) != 0)
		;
}

static int init(struct h2o *h2o)
{
	sem_init(&h2o->mutex, 0, 1);
	sem_init(&h2o->hydrogens_go, 0, 0);
	sem_init(&h2o->oxygens_go, 0, 0);
	sem_init(&h2o->have_read, 0, 0);
	h2o->hydrogens = h2o->oxygens = 0;
	h2o->molecule = 0;
	return 0;
}

/* With the mutex, which the molecule keeps, or gives back if it is none. */
static void come(struct h2o *h2o)
{
	if (h2o->hydrogens < 2 || h2o->oxygens < 1) {
		sem_post(&h2o->mutex);
		return;
	}
	h2o->hydrogens -= 2;
	h2o->oxygens -= 1;
	h2o->molecule++;
	sem_post(&h2o->hydrogens_go);
	sem_post(&h2o->hydrogens_go);
	sem_post(&h2o->oxygens_go);
}

static uint64_t hydrogen(struct h2o *h2o)
{
	down(&h2o->mutex);
	h2o->hydrogens++;
	if (h2o->hydrogens < 2 || h2o->oxygens < 1)
		down(&h2o->hydrogens_go);
	else
		come(h2o), down(&h2o->hydrogens_go);
	uint64_t molecule = h2o->molecule;
	sem_post(&h2o->have_read);
	return molecule;
}

static uint64_t oxygen(struct h2o *h2o)
{
	down(&h2o->mutex);
	h2o->oxygens++;
	come(h2o);
	down(&h2o->oxygens_go);
	uint64_t molecule = h2o->molecule;
	down(&h2o->have_read);
	down(&h2o->have_read);
	sem_post(&h2o->mutex);
	return molecule;
}

static void destroy(struct h2o *h2o)
{
	sem_destroy(&h2o->mutex);
	sem_destroy(&h2o->hydrogens_go);
	sem_destroy(&h2o->oxygens_go);
	sem_destroy(&h2o->have_read);
}

const struct h2o_plugin h2o_plugin = {
	.abi = H2O_PLUGIN_ABI,
	.size = sizeof(struct h2o),
	.init = init,
	.hydrogen = hydrogen,
	.oxygen = oxygen,
	.destroy = destroy,
};
