/* An oxygen takes two hydrogens, one after the other: two oxygens may each hold one. */
#include <h2o.h>

#include <semaphore.h>

struct h2o {
	sem_t hydrogens, go, numbers, have_read;
	uint64_t molecules, molecule; /* protected by `numbers` */
};

static void down(sem_t *semaphore)
{
	while (sem_wait(semaphore) != 0)
		;
}

static int init(struct h2o *h2o)
{
	sem_init(&h2o->hydrogens, 0, 0);
	sem_init(&h2o->go, 0, 0);
	sem_init(&h2o->have_read, 0, 0);
	sem_init(&h2o->numbers, 0, 1);
	h2o->molecules = h2o->molecule = 0;
	return 0;
}

static uint64_t hydrogen(struct h2o *h2o)
{
	sem_post(&h2o->hydrogens);
	down(&h2o->go);
	uint64_t molecule = h2o->molecule;
	sem_post(&h2o->have_read);
	return molecule;
}

static uint64_t oxygen(struct h2o *h2o)
{
	down(&h2o->hydrogens);
	down(&h2o->hydrogens);
	down(&h2o->numbers);
	uint64_t molecule = h2o->molecule = h2o->molecules++;
	sem_post(&h2o->go);
	sem_post(&h2o->go);
	down(&h2o->have_read);
	down(&h2o->have_read);
	sem_post(&h2o->numbers);
	return molecule;
}

static void destroy(struct h2o *h2o)
{
	sem_destroy(&h2o->hydrogens);
	sem_destroy(&h2o->go);
	sem_destroy(&h2o->have_read);
	sem_destroy(&h2o->numbers);
}

const struct h2o_plugin h2o_plugin = {
	.abi = H2O_PLUGIN_ABI,
	.size = sizeof(struct h2o),
	.init = init,
	.hydrogen = hydrogen,
	.oxygen = oxygen,
	.destroy = destroy,
};
