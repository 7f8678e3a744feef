#include "challenge.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "site.h"
#include "text.h"

/* The workloads that there are wrong copies of, and what the first copy breaks; the second one races. */
static const struct wrong {
	const char *object;
	enum workload_property property;
} wrongs[] = {
	{ "lock-counter", PROPERTY_MUTUAL_EXCLUSION },
	{ "semaphore-counter", PROPERTY_MUTUAL_EXCLUSION },
	{ "monitor-counter", PROPERTY_MUTUAL_EXCLUSION },
	{ "rwlock-readers-writers", PROPERTY_MUTUAL_EXCLUSION },
	{ "barrier-phases", PROPERTY_ORDERING },
	{ "bounded-buffer-producer-consumer", PROPERTY_ORDERING },
	{ "philosophers-dinner", PROPERTY_MUTUAL_EXCLUSION },
};
enum { VARIANTS = 2, EXECUTIONS = 2000 };

/* The run of a workload that there are wrong copies of; of its sizes the copy is. NULL: the exercise has none. */
static const struct judge_run *original(const struct judge_run *runs, size_t n, const struct wrong **wrong)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; runs[i].engine == ENGINE_EXPLORE && k < sizeof(wrongs) / sizeof(wrongs[0]); k++) {
			if (strcmp(runs[i].workload->object, wrongs[k].object) != 0)
				continue;
			*wrong = &wrongs[k];
			return &runs[i];
		}
	}
	return NULL;
}

static bool has_passes(const struct judge_run *runs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; runs[i].ran && k < runs[i].evidence.n_explored; k++) {
			if (runs[i].evidence.explored[k].said.outcome == EXPLORE_PASS)
				return true;
		}
	}
	return false;
}

void challenge_make(struct challenge *challenge, const struct site *site, const struct grade_options *options,
		    const struct plan_subject *subject, const struct judge_run *runs, size_t n)
{
	const struct wrong *wrong = NULL;
	const struct judge_run *copied = original(runs, n, &wrong);
	unsigned char drawn;
	*challenge = (struct challenge){ 0 };
	if (options->only_check != NULL || options->schedule != NULL || copied == NULL || !has_passes(runs, n) ||
	    getrandom(&drawn, sizeof(drawn), 0) != (ssize_t)sizeof(drawn))
		return;
	unsigned variant = drawn % VARIANTS;
	challenge->workload = *copied->workload;
	/* What is wrong shows at once; but where the budget runs out, the explorer goes on by other ways. */
	challenge->workload.size[ENGINE_EXPLORE].max_executions = EXECUTIONS;
	challenge->run.workload = &challenge->workload;
	challenge->run.engine = ENGINE_EXPLORE;
	challenge->run.workload_path = xasprintf("%s/%s-challenge-%u.so", site->workloads, wrong->object, variant + 1);
	plan_make_run(site, options, subject, &challenge->run,
		      1u << wrong->property | 1u << PROPERTY_DATA_RACE | 1u << PROPERTY_MEMORY_SAFETY);
}

bool challenge_is_lied_to(const struct challenge *challenge)
{
	const struct evidence *evidence = &challenge->run.evidence;
	if (!challenge->run.ran || evidence->end != RUN_DONE)
		return false;
	for (size_t i = 0; i < evidence->n_explored; i++) {
		if (evidence->explored[i].said.outcome != EXPLORE_PASS)
			return false;
	}
	return evidence->n_explored > 0;
}

void challenge_free(struct challenge *challenge)
{
	evidence_free(&challenge->run.evidence);
	fault_free(&challenge->run.fault);
	free((char *)challenge->run.workload_path);
	*challenge = (struct challenge){ 0 };
}
