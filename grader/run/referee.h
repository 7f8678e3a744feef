/* The referee's side of a run: looks at each trial's data in a process that never loaded the plugin. */
#ifndef RUN_REFEREE_H
#define RUN_REFEREE_H

#include "peer.h"
#include "run.h"

struct referee {
	const struct run_tools *tools;
	bool wanted, started;
	struct peer peer;
};

void referee_init(struct referee *referee, const struct run_tools *tools, bool wanted);

/* Starts it for the workload of `run`. What goes wrong here is the machine's or the workload's fault. */
int referee_start(struct referee *referee, const struct frame_run *run, struct fault *fault);

/* Loads a workload in a referee for the size that it has under `engine`, and nothing else: what would be wrong with it
 * in a run is told here. *flags: enum workload_flags. As referee_start(). */
int referee_try(const struct run_tools *tools, const struct exercise *exercise,
		const struct exercise_workload *workload, enum engine_id engine, const char *workload_path,
		uint32_t *flags, struct fault *fault);

/* Gives it the data on `board` and adds what it finds to the evidence. */
int referee_judge(struct referee *referee, const struct board *board, size_t data_size, uint64_t seed,
		  struct evidence *evidence, struct fault *fault);

void referee_stop(struct referee *referee);

#endif
