/* It has room for eight atoms of a kind that wait. */
#include <h2o.h>

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <threads.h>

enum kind { HYDROGEN, OXYGEN, KINDS };
enum { PLACES = 8 };

struct atom {
	bool bound;
	uint64_t molecule;
	cnd_t told;
};

struct h2o {
	mtx_t mutex;
	struct atom *waiting[KINDS][PLACES];
	unsigned n[KINDS];
	uint64_t molecules;
};

static int init(struct h2o *h2o)
{
	h2o->n[HYDROGEN] = h2o->n[OXYGEN] = 0;
	h2o->molecules = 0;
	return mtx_init(&h2o->mutex, mtx_plain) == thrd_success ? 0 : ENOMEM;
}

static void take_out(struct h2o *h2o, enum kind kind)
{
	struct atom *atom = h2o->waiting[kind][--h2o->n[kind] % PLACES];
	atom->molecule = h2o->molecules;
	atom->bound = true;
	cnd_signal(&atom->told);
}

static uint64_t bond(struct h2o *h2o, enum kind kind)
{
	struct atom mine = { .bound = false };
	cnd_init(&mine.told);
	mtx_lock(&h2o->mutex);
	h2o->waiting[kind][h2o->n[kind]++ % PLACES] = &mine;
	if (h2o->n[HYDROGEN] >= 2 && h2o->n[OXYGEN] >= 1) {
		take_out(h2o, HYDROGEN);
		take_out(h2o, HYDROGEN);
		take_out(h2o, OXYGEN);
		h2o->molecules++;
	}
	while (!mine.bound)
		cnd_wait(&mine.told, &h2o->mutex);
	mtx_unlock(&h2o->mutex);
	cnd_destroy(&mine.told);
	return mine.molecule;
}

static uint64_t hydrogen(struct h2o *h2o)
{
	return bond(h2o, HYDROGEN);
}

static uint64_t oxygen(struct h2o *h2o)
{
	return bond(h2o, OXYGEN);
}

static void destroy(struct h2o *h2o)
{
	mtx_destroy(&h2o->mutex);
}

const struct h2o_plugin h2o_plugin = {
	.abi = H2O_PLUGIN_ABI,
	.size = sizeof(struct h2o),
	.init = init,
	.hydrogen = hydrogen,
	.oxygen = oxygen,
	.destroy = destroy,
};
