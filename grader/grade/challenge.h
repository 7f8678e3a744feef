/* The challenge: once for each submission, the explorer is asked about a workload that is itself wrong, whatever the
 * plugin does. An explorer that is left alone finds that out; answers that were written beforehand, or an explorer
 * whose findings are taken from it, call it right. Which of the workloads it is, nobody knows beforehand, and they are
 * of the same sizes and make the same calls as those that they are made of. */
#ifndef CHALLENGE_H
#define CHALLENGE_H

#include "plan.h"

struct challenge {
	struct exercise_workload workload;
	struct judge_run run;
};

/* Makes the run, unless there is nothing that it could throw doubt on. challenge_free() in any case. */
void challenge_make(struct challenge *challenge, const struct site *site, const struct grade_options *options,
		    const struct plan_subject *subject, const struct judge_run *runs, size_t n);

/* Whether the answer is a lie: "nothing is wrong". Whatever else came of the run says nothing: it crashes, hangs or is
 * given up with an honest plugin, too. */
bool challenge_is_lied_to(const struct challenge *challenge);
void challenge_free(struct challenge *challenge);

#endif
