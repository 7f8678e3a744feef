/* A critical section made of a lock plugin's object 0. */
#ifndef EXCLUSION_H
#define EXCLUSION_H

#include <syncgrade/lock.h>
#include <syncgrade/workload.h>

#define EXCLUSION_PLUGIN "lock"

static inline void exclusion_init(struct trial *t)
{
	trial_lock_init(t, 0);
}

static inline void exclusion_begin(struct trial *t, unsigned self)
{
	trial_acquire(t, self, 0);
}

static inline void exclusion_end(struct trial *t, unsigned self)
{
	trial_release(t, self, 0);
}

static inline void exclusion_fini(struct trial *t)
{
	trial_lock_destroy(t, 0);
}

#endif
