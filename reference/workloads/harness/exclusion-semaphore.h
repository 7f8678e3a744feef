/* A critical section made of a semaphore plugin's object 0: one permit. */
#ifndef EXCLUSION_H
#define EXCLUSION_H

#include <syncgrade/semaphore.h>
#include <syncgrade/workload.h>

#define EXCLUSION_PLUGIN "semaphore"

static inline void exclusion_init(struct trial *t)
{
	trial_semaphore_init(t, 0, 1);
}

static inline void exclusion_begin(struct trial *t, unsigned self)
{
	trial_semaphore_wait(t, self, 0);
}

static inline void exclusion_end(struct trial *t, unsigned self)
{
	trial_semaphore_signal(t, self, 0);
}

static inline void exclusion_fini(struct trial *t)
{
	trial_semaphore_destroy(t, 0);
}

#endif
