/* Two hydrogens that come together are counted as one. */
#include <h2o.h>

#include <sched.h>
#include <stdatomic.h>

struct h2o {
	_Atomic uint64_t hydrogens, oxygens; /* that have come */
};

static int init(struct h2o *h2o)
{
	atomic_init(&h2o->hydrogens, 0);
	atomic_init(&h2o->oxygens, 0);
	return 0;
}

static void await_molecule(struct h2o *h2o, uint64_t molecule)
{
	while (atomic_load_explicit(&h2o->hydrogens, memory_order_acquire) < 2 * molecule + 2)
		sched_yield();
	while (atomic_load_explicit(&h2o->oxygens, memory_order_acquire) < molecule + 1)
		sched_yield();
}

static uint64_t hydrogen(struct h2o *h2o)
{
	uint64_t molecule = atomic_load(&h2o->hydrogens);
	atomic_store(&h2o->hydrogens, molecule + 1);
	molecule /= 2;
	await_molecule(h2o, molecule);
	return molecule;
}

static uint64_t oxygen(struct h2o *h2o)
{
	uint64_t molecule = atomic_fetch_add_explicit(&h2o->oxygens, 1, memory_order_release);
	await_molecule(h2o, molecule);
	return molecule;
}

const struct h2o_plugin h2o_plugin = {
	.abi = H2O_PLUGIN_ABI,
	.size = sizeof(struct h2o),
	.init = init,
	.hydrogen = hydrogen,
	.oxygen = oxygen,
};
