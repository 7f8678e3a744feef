/* What was noticed in a run and is no check's own: reports, tampering, how it ended. */
#ifndef FINDINGS_H
#define FINDINGS_H

#include "court.h"

/* Adds the findings of a run that ran to the result; what was told already is not told again. */
void findings_add(const struct court *court, const struct judge_run *run);

#endif
