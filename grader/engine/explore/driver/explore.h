/* The explore engine, as the runtime library exports it: engine_explore (engine.h), and what tests need. */
#ifndef EXPLORE_H
#define EXPLORE_H

#include <stddef.h>
#include <stdint.h>

#include "engine.h"

#define EXPLORE_EXPORT __attribute__((visibility("default")))

extern EXPLORE_EXPORT const struct engine engine_explore;

/* Called after each complete execution with the workload's data. */
typedef void explore_observer(void *context, const void *data, size_t size);

int explore_run(struct engine_job *job);
EXPLORE_EXPORT int explore_observed(struct engine_job *job, explore_observer *observe, void *context);
/* The same, of executions with at most so many surprises only (execution/surprise.h). */
EXPLORE_EXPORT int explore_surprises(struct engine_job *job, uint32_t most, explore_observer *observe, void *context);

/* The same as explore_run(), but that in the search over states no step is taken along with another (states/merge.c).
 */
EXPLORE_EXPORT int explore_step_by_step(struct engine_job *job);

/* For measuring: `n` executions by a random walk. Returns 0 or a negative errno value; how many were made, and how many
 * hooks were reached in them, stand in *counts. */
struct explore_counts {
	uint64_t executions, steps;
};
EXPLORE_EXPORT int explore_walk(struct engine_job *job, uint32_t n, struct explore_counts *counts);

#endif
