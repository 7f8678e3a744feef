/* Futexes: each atom takes its place in the order in which its kind comes, and sleeps on the number of all that have
 * come. */
#include <h2o.h>

#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

struct h2o {
	_Atomic uint64_t hydrogens, oxygens; /* that have come */
	atomic_uint came;                    /* both of them; it may run over */
};

static int init(struct h2o *h2o)
{
	atomic_init(&h2o->hydrogens, 0);
	atomic_init(&h2o->oxygens, 0);
	atomic_init(&h2o->came, 0);
	return 0;
}

/* Each arrival is a read-modify-write, so that whoever sees the last has what all before it released. */
static bool is_complete(struct h2o *h2o, uint64_t molecule)
{
	return atomic_load_explicit(&h2o->hydrogens, memory_order_acquire) >= 2 * molecule + 2 &&
	       atomic_load_explicit(&h2o->oxygens, memory_order_acquire) >= molecule + 1;
}

static void await_molecule(struct h2o *h2o, uint64_t molecule)
{
	atomic_fetch_add_explicit(&h2o->came, 1, memory_order_release);
	syscall(SYS_futex, &h2o->came, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
	for (;;) {
		/* Looked at before the numbers: who comes later changes it, and then there is no sleep. */
		unsigned came = atomic_load_explicit(&h2o->came, memory_order_acquire);
		if (is_complete(h2o, molecule))
			return;
		syscall(SYS_futex, &h2o->came, FUTEX_WAIT, came, NULL, NULL, 0);
	}
}

static uint64_t hydrogen(struct h2o *h2o)
{
	uint64_t molecule = atomic_fetch_add_explicit(&h2o->hydrogens, 1, memory_order_acq_rel) / 2;
	await_molecule(h2o, molecule);
	return molecule;
}

static uint64_t oxygen(struct h2o *h2o)
{
	uint64_t molecule = atomic_fetch_add_explicit(&h2o->oxygens, 1, memory_order_acq_rel);
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
