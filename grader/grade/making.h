/* Making runs: one, or several side by side. What is to be run is the plan's affair (plan.h). */
#ifndef MAKING_H
#define MAKING_H

#include "debugger.h"
#include "plan.h"
#include "run.h"

/* One run on its way, at a fixed address until making_end(). */
struct making {
	struct judge_run *run;
	struct run_tools tools;
	struct run_debugger debugger;
	struct run_plan plan;
	struct running *running; /* NULL: it is not being made */
};

/* Begins a run: of `run` the workload and the engine are given, and its path where it is another than the exercise's;
 * of `properties` bit 1 << property is what is to be judged. False: there is nothing to be made, and the run says why.
 */
bool making_begin(struct making *making, const struct site *site, const struct grade_options *options,
		  const struct plan_subject *subject, struct judge_run *run, uint32_t properties);

/* The same, and waits for its end. */
void making_run(const struct site *site, const struct grade_options *options, const struct plan_subject *subject,
		struct judge_run *run, uint32_t properties);

/* "counter under tsan". The caller owns it. */
char *making_name(const struct judge_run *run);

/* Waits until some of those that are being made has got on, and ends those that are over. */
void making_step(struct making *making, size_t n);

#endif
