/* How a run ended before its work was done, in one sentence for the student. */
#ifndef CAUSE_H
#define CAUSE_H

#include "judge.h"
#include "namer.h"

/* The sentence; the caller owns it. The run ended otherwise than RUN_DONE. *kind is the finding's kind: "crash",
 * "hang", "exit", "limit", "load", "protocol". *where is the place, if known (place_free()). */
char *cause_text(const struct judge_input *input, const struct judge_run *run, struct namer *namer, const char **kind,
		 struct source_place *where);

/* Whether it is the machine that was too slow, rather than the plugin. */
bool cause_is_machine(const struct judge_run *run);

/* Whether the workload is there to see what processes share: its threads are processes. */
bool cause_of_processes(const struct judge_input *input, const struct exercise_workload *workload);

#endif
