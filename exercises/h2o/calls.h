/* The operations of an h2o as a workload calls them, and what is a molecule. The grader is told when each begins and
 * ends, by TRIAL_OWN + its place in exercise.yaml's `operations`. `object` is the number of the h2o. */
#ifndef CALLS_H
#define CALLS_H

#include <syncgrade/workload.h>

#include <h2o.h>

enum { H2O_HYDROGEN = TRIAL_OWN, H2O_OXYGEN };
enum { MOLECULE = 3 }; /* atoms */

/* What a thread is, and the number of the molecule that it was told. */
struct atom {
	uint32_t is_oxygen;
	uint32_t came; /* back */
	uint64_t molecule;
};

static inline const struct h2o_plugin *h2o_of(const struct trial *t)
{
	return (const struct h2o_plugin *)t->plugin;
}

static inline struct h2o *h2o_object(struct trial *t, unsigned object)
{
	return (struct h2o *)t->services->object(t, object);
}

/* Makes h2o `object`; does not return if the plugin cannot. */
static inline void h2o_make(struct trial *t, unsigned object)
{
	int error;
	TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_INIT, error = h2o_of(t)->init(h2o_object(t, object)));
	if (error != 0)
		t->services->init_failed(t, error);
}

static inline void h2o_destroy(struct trial *t, unsigned object)
{
	if (h2o_of(t)->destroy != NULL)
		TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_DESTROY, h2o_of(t)->destroy(h2o_object(t, object)));
}

static inline uint64_t h2o_hydrogen(struct trial *t, unsigned self, unsigned object)
{
	uint64_t molecule;
	TRIAL_PLUGIN_CALL(t, self, H2O_HYDROGEN, molecule = h2o_of(t)->hydrogen(h2o_object(t, object)));
	return molecule;
}

static inline uint64_t h2o_oxygen(struct trial *t, unsigned self, unsigned object)
{
	uint64_t molecule;
	TRIAL_PLUGIN_CALL(t, self, H2O_OXYGEN, molecule = h2o_of(t)->oxygen(h2o_object(t, object)));
	return molecule;
}

/* Notes in `atom` what it becomes a part of. */
static inline void h2o_bond(struct trial *t, unsigned self, unsigned object, bool is_oxygen, struct atom *atom)
{
	atom->is_oxygen = is_oxygen;
	atom->molecule = is_oxygen ? h2o_oxygen(t, self, object) : h2o_hydrogen(t, self, object);
	atom->came = 1;
}

/* Every atom that came back is one of three, of which one is an oxygen. For verify(). */
static inline void expect_water(struct trial *t, const struct atom *atoms, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		unsigned hydrogens = 0, oxygens = 0;
		for (unsigned k = 0; k < n; k++) {
			bool same = atoms[k].came != 0 && atoms[k].molecule == atoms[i].molecule;
			oxygens += same && atoms[k].is_oxygen != 0;
			hydrogens += same && atoms[k].is_oxygen == 0;
		}
		trial_expect(t, t->threads, atoms[i].came == 0 || (oxygens == 1 && hydrogens == 2), PROPERTY_ORDERING,
			     "what was told to be a molecule is not two hydrogens and one oxygen");
	}
}

#endif
