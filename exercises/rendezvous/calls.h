/* A rendezvous' operations as a workload calls them, and what threads bring to it. The grader is told when each begins
 * and ends, by TRIAL_OWN + its place in exercise.yaml's `operations`. `object` is the number of the rendezvous. */
#ifndef CALLS_H
#define CALLS_H

#include <syncgrade/workload.h>

#include <rendezvous.h>

enum { RENDEZVOUS_EXCHANGE = TRIAL_OWN };

static inline const struct rendezvous_plugin *rendezvous_of(const struct trial *t)
{
	return (const struct rendezvous_plugin *)t->plugin;
}

static inline struct rendezvous *rendezvous_object(struct trial *t, unsigned object)
{
	return (struct rendezvous *)t->services->object(t, object);
}

/* Makes rendezvous `object`; does not return if the plugin cannot. */
static inline void rendezvous_make(struct trial *t, unsigned object)
{
	int error;
	TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_INIT, error = rendezvous_of(t)->init(rendezvous_object(t, object)));
	if (error != 0)
		t->services->init_failed(t, error);
}

static inline void rendezvous_destroy(struct trial *t, unsigned object)
{
	if (rendezvous_of(t)->destroy != NULL)
		TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_DESTROY,
				  rendezvous_of(t)->destroy(rendezvous_object(t, object)));
}

static inline uint64_t rendezvous_exchange(struct trial *t, unsigned self, unsigned object, uint64_t item)
{
	uint64_t got;
	TRIAL_OBJECT_CALL(t, self, RENDEZVOUS_EXCHANGE, object, item,
			  got = rendezvous_of(t)->exchange(rendezvous_object(t, object), item), got);
	return got;
}

/* What a thread brings in that round: a secret, but for the first round's first, which are all zeros and all ones. */
static inline uint64_t brings(const struct trial *t, unsigned self, uint64_t round)
{
	return round == 0 && self < 2 ? (self == 0 ? 0 : UINT64_MAX) : trial_random(t, self, round);
}

/* Who has brought `item` in that round; t->threads: nobody. */
static inline unsigned brought_by(const struct trial *t, uint64_t item, uint64_t round)
{
	unsigned i = 0;
	while (i < t->threads && brings(t, i, round) != item)
		i++;
	return i;
}

#endif
