/* What the explorer found, in names. */
#ifndef EXPLORED_H
#define EXPLORED_H

#include "judge.h"
#include "namer.h"

/* What the explorer said of a property in this run; NULL: nothing. */
const struct explored *explored_find(const struct evidence *evidence, enum workload_property property);

/* Its counterexample with functions, lines and variables; NULL: it has none. `workload`: the name of the check's own.
 * The caller owns it. */
struct counterexample *explored_counterexample(const struct explored *explored, const struct judge_run *run,
					       const char *workload, struct namer *namer);

/* Where threads are processes: what of the plugin they do not share, as a sentence; NULL: nothing is known. The caller
 * owns it. */
char *explored_blame(const struct explored *explored, const struct judge_run *run, struct namer *namer);

#endif
