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
	struct workshop *workshop; /* what was built for it; NULL: nothing */
};

/* Makes the run, unless there is nothing that it could throw doubt on. challenge_free() in any case. */
void challenge_make(struct challenge *challenge, const struct site *site, const struct grade_options *options,
		    const struct plan_subject *subject, const struct judge_run *runs, size_t n);

/* The source of a workload of the exercise's own of which a wrong copy can be made: the explorer judges it, and not by
 * a search over states. The caller owns the path; NULL: there is none. */
char *challenge_source(const struct exercise *exercise, const struct exercise_workload *workload);

enum challenge_outcome {
	CHALLENGE_NONE,       /* there was nothing to doubt, or there is no wrong copy of any workload */
	CHALLENGE_REFUSED,    /* something was found to be wrong, as it should be */
	CHALLENGE_UNANSWERED, /* it says nothing: the run crashed, hung or was given up, as with an honest plugin, too
			       */
	CHALLENGE_LIED        /* "nothing is wrong" */
};
enum challenge_outcome challenge_outcome(const struct challenge *challenge);
/* "refused" */
const char *challenge_outcome_name(enum challenge_outcome outcome);
void challenge_free(struct challenge *challenge);

#endif
