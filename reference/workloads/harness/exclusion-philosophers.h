/* A critical section made of a philosophers plugin's object 0: with two or three philosophers, each is everybody's
 * neighbour. */
#ifndef EXCLUSION_H
#define EXCLUSION_H

#include <syncgrade/philosophers.h>
#include <syncgrade/workload.h>

#define EXCLUSION_PLUGIN "philosophers"

static inline void exclusion_init(struct trial *t)
{
	trial_philosophers_init(t, 0);
}

static inline void exclusion_begin(struct trial *t, unsigned self)
{
	trial_philosophers_pick_up(t, self, 0);
}

static inline void exclusion_end(struct trial *t, unsigned self)
{
	trial_philosophers_put_down(t, self, 0);
}

static inline void exclusion_fini(struct trial *t)
{
	trial_philosophers_destroy(t, 0);
}

#endif
