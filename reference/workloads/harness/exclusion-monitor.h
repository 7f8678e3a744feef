/* A critical section made of a monitor plugin's object 0. */
#ifndef EXCLUSION_H
#define EXCLUSION_H

#include <syncgrade/monitor.h>
#include <syncgrade/workload.h>

#define EXCLUSION_PLUGIN "monitor"

static inline void exclusion_init(struct trial *t)
{
	trial_monitor_init(t, 0);
}

static inline void exclusion_begin(struct trial *t, unsigned self)
{
	trial_monitor_enter(t, self, 0);
}

static inline void exclusion_end(struct trial *t, unsigned self)
{
	trial_monitor_exit(t, self, 0);
}

static inline void exclusion_fini(struct trial *t)
{
	trial_monitor_destroy(t, 0);
}

#endif
