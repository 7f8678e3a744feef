/* A latch's operations as a workload calls them: the grader is told when each begins and ends, by TRIAL_OWN + its place
 * in exercise.yaml's `operations`. `object` is the number of the latch. */
#ifndef CALLS_H
#define CALLS_H

#include <syncgrade/workload.h>

#include <latch.h>

enum { LATCH_COUNT_DOWN = TRIAL_OWN, LATCH_AWAIT };

static inline const struct latch_plugin *latch_of(const struct trial *t)
{
	return (const struct latch_plugin *)t->plugin;
}

static inline struct latch *latch_object(struct trial *t, unsigned object)
{
	return (struct latch *)t->services->object(t, object);
}

/* Makes latch `object`; does not return if the plugin cannot. */
static inline void latch_make(struct trial *t, unsigned object, unsigned count)
{
	int error;
	TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_INIT, error = latch_of(t)->init(latch_object(t, object), count));
	if (error != 0)
		t->services->init_failed(t, error);
}

static inline void latch_destroy(struct trial *t, unsigned object)
{
	if (latch_of(t)->destroy != NULL)
		TRIAL_PLUGIN_CALL(t, t->threads, TRIAL_DESTROY, latch_of(t)->destroy(latch_object(t, object)));
}

static inline void latch_count_down(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, LATCH_COUNT_DOWN, object, 0, latch_of(t)->count_down(latch_object(t, object)), 0);
}

static inline void latch_await(struct trial *t, unsigned self, unsigned object)
{
	TRIAL_OBJECT_CALL(t, self, LATCH_AWAIT, object, 0, latch_of(t)->await(latch_object(t, object)), 0);
}

#endif
