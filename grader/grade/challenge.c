#include "challenge.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "making.h"
#include "site.h"
#include "text.h"
#include "workshop.h"

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
/* What a copy by hand breaks is found in some executions; what challenge_workload.c breaks, in each. */
enum { VARIANTS = 2, EXECUTIONS = 2000, EXECUTIONS_OWN = 50, THREADS_MOST = 8 };

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

/* ---- of workloads that the exercise brings along ---- */

/* The properties that the explorer is asked for by the workload's own checks. */
static uint32_t asked_of(const struct exercise *exercise, const struct exercise_workload *workload)
{
	uint32_t properties = 0;
	for (size_t i = 0; i < exercise->n_checks; i++) {
		const struct exercise_check *check = &exercise->checks[i];
		if (check->workload == workload && (check->engines & 1u << ENGINE_EXPLORE) != 0)
			properties |= 1u << check->property;
	}
	return properties;
}

/* The search over states is another matter than complete executions, in which the copy is wrong. */
char *challenge_source(const struct exercise *exercise, const struct exercise_workload *workload)
{
	uint32_t asked = asked_of(exercise, workload),
		 searched = 1u << PROPERTY_BOUNDED_WAITING | 1u << PROPERTY_BUSY_WAITING;
	char *source = asked != 0 && (asked & searched) == 0 ? workshop_find(exercise, workload) : NULL;
	if (source != NULL && !text_ends(source, ".c"))
		text_replace(&source, NULL);
	return source;
}

/* Whether an honest explorer that looks again comes to the threads' ends, where the copy is wrong: it has been there in
 * complete executions, and nothing whatever is wrong with them. A story of very many threads takes seconds to be made
 * short. */
static bool is_passed(const struct judge_run *run)
{
	if (run->engine != ENGINE_EXPLORE || !run->ran || run->evidence.end != RUN_DONE ||
	    run->evidence.n_explored == 0)
		return false;
	for (size_t k = 0; k < run->evidence.n_explored; k++) {
		const struct frame_explore_property *said = &run->evidence.explored[k].said;
		if (said->outcome != EXPLORE_PASS || said->executions == 0 || said->threads < 2 ||
		    said->threads > THREADS_MOST)
			return false;
	}
	return true;
}

/* One of those that there is something to doubt of, by the number that was drawn, and its source. */
static const struct judge_run *draw_own(const struct exercise *exercise, const struct judge_run *runs, size_t n,
					unsigned drawn, char **source)
{
	const struct judge_run **there = xcalloc(n + 1, sizeof(*there)), *chosen = NULL;
	size_t n_there = 0;
	for (size_t i = 0; i < n; i++) {
		*source = is_passed(&runs[i]) ? challenge_source(exercise, runs[i].workload) : NULL;
		if (*source != NULL)
			there[n_there++] = &runs[i];
		free(*source);
	}
	if (n_there > 0)
		chosen = there[drawn % n_there];
	*source = chosen != NULL ? challenge_source(exercise, chosen->workload) : NULL;
	free(there);
	return chosen;
}

/* What the copy claims: of what is asked for, something that a workload says. */
static enum workload_property claim_of(uint32_t asked)
{
	static const enum workload_property said[] = { PROPERTY_ORDERING, PROPERTY_MUTUAL_EXCLUSION, PROPERTY_CAPACITY,
						       PROPERTY_INDEPENDENCE };
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		if ((asked & 1u << said[i]) != 0)
			return said[i];
	}
	return PROPERTY_ORDERING;
}

/* Returns what the explorer is to be asked for; 0: there is none. */
static uint32_t take_own(struct challenge *challenge, const struct site *site, const struct exercise *exercise,
			 const struct judge_run *runs, size_t n, const unsigned char drawn[2])
{
	char *source;
	const struct judge_run *copied = draw_own(exercise, runs, n, drawn[1], &source);
	if (copied == NULL)
		return 0;
	struct fault fault = { 0 };
	uint32_t asked = asked_of(exercise, copied->workload);
	const struct workshop_wrong wrong = { .variant = drawn[0] % VARIANTS + 1, .claims = claim_of(asked) };
	challenge->workshop = workshop_create();
	const char *made = workshop_make_wrong(challenge->workshop, site, source, exercise->include, &wrong, &fault);
	challenge->workload = *copied->workload;
	challenge->run.workload_path = made != NULL ? xstrdup(made) : NULL;
	fault_free(&fault);
	free(source);
	return made != NULL ? asked | 1u << wrong.claims : 0;
}

/* ---- of those that come with the program ---- */

static uint32_t take_shipped(struct challenge *challenge, const struct site *site, const struct judge_run *runs,
			     size_t n, const unsigned char drawn[2])
{
	const struct wrong *wrong = NULL;
	const struct judge_run *copied = original(runs, n, &wrong);
	if (copied == NULL)
		return 0;
	challenge->workload = *copied->workload;
	challenge->run.workload_path =
	    xasprintf("%s/%s-challenge-%u.so", site->workloads, wrong->object, drawn[0] % VARIANTS + 1);
	return 1u << wrong->property;
}

/* ---- either ---- */

void challenge_make(struct challenge *challenge, const struct site *site, const struct grade_options *options,
		    const struct plan_subject *subject, const struct judge_run *runs, size_t n)
{
	unsigned char drawn[2]; /* the variant, the workload */
	*challenge = (struct challenge){ 0 };
	if (options->only_check != NULL || options->schedule != NULL || !has_passes(runs, n) ||
	    getrandom(drawn, sizeof(drawn), 0) != (ssize_t)sizeof(drawn))
		return;
	uint32_t properties = take_shipped(challenge, site, runs, n, drawn);
	if (properties == 0)
		properties = take_own(challenge, site, subject->exercise, runs, n, drawn);
	if (properties == 0)
		return;
	/* Where the budget runs out, the explorer goes on by other ways. */
	challenge->workload.size[ENGINE_EXPLORE].max_executions =
	    challenge->workshop != NULL ? EXECUTIONS_OWN : EXECUTIONS;
	challenge->run.workload = &challenge->workload;
	challenge->run.engine = ENGINE_EXPLORE;
	making_run(site, options, subject, &challenge->run,
		   properties | 1u << PROPERTY_DATA_RACE | 1u << PROPERTY_MEMORY_SAFETY);
}

enum challenge_outcome challenge_outcome(const struct challenge *challenge)
{
	const struct evidence *evidence = &challenge->run.evidence;
	bool passes = true, fails = false;
	if (challenge->run.workload == NULL)
		return CHALLENGE_NONE;
	for (size_t i = 0; i < evidence->n_explored; i++) {
		passes = passes && evidence->explored[i].said.outcome == EXPLORE_PASS;
		fails = fails || evidence->explored[i].said.outcome == EXPLORE_FAIL;
	}
	if (!challenge->run.ran || evidence->end != RUN_DONE || evidence->n_explored == 0 || (!passes && !fails))
		return CHALLENGE_UNANSWERED;
	return passes ? CHALLENGE_LIED : CHALLENGE_REFUSED;
}

const char *challenge_outcome_name(enum challenge_outcome outcome)
{
	static const char *const names[] = { "none", "refused", "unanswered", "lied" };
	return names[outcome];
}

void challenge_free(struct challenge *challenge)
{
	evidence_free(&challenge->run.evidence);
	fault_free(&challenge->run.fault);
	free((char *)challenge->run.workload_path);
	workshop_destroy(challenge->workshop);
	*challenge = (struct challenge){ 0 };
}
