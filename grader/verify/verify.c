#include "verify.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compare.h"
#include "manifest.h"
#include "notes.h"
#include "store.h"
#include "text.h"
#include "translate.h"

/* <exercise folder>/solutions, else <root>/share/syncgrade/solutions/<id>. The caller owns it. */
static char *find_folder(const struct site *site, const struct exercise *exercise, const char *what)
{
	char *inside = xasprintf("%s/%s", exercise->folder, what);
	if (access(inside, F_OK) == 0)
		return inside;
	char *beside = xasprintf("%s/share/syncgrade/%s/%s", site->root, what, exercise->id);
	if (access(beside, F_OK) == 0) {
		free(inside);
		return beside;
	}
	free(beside);
	return inside;
}

static int read_subjects(const struct site *site, struct verification *verification, struct fault *fault)
{
	struct exercise *exercise = &verification->exercise;
	char *solutions = find_folder(site, exercise, "solutions"), *mutants = find_folder(site, exercise, "mutants");
	int r = subjects_read(solutions, mutants, &verification->subjects, fault);
	if (r == 0 && verification->subjects.n == 0)
		r = fault_exercise(fault, _("%s has nothing to verify it with: there are no plugins in %s and %s"),
				   exercise->id, solutions, mutants);
	if (r == 0)
		subjects_add_starter(&verification->subjects, exercise->folder);
	free(solutions);
	free(mutants);
	return r;
}

/* A subject that means something only under an engine that does not take part is left out. */
static bool is_wanted(const struct verify_options *options, const struct subject *subject)
{
	enum engine_id needed;
	const char *needs = subject->expectation != NULL ? subject->expectation->needs : NULL;
	if (options->only != NULL && strcmp(options->only, subject->name) != 0)
		return false;
	return needs == NULL || options->engines == 0 || !engine_from_name(needs, &needed) ||
	       (options->engines & 1u << needed) != 0;
}

/* What two gradings of one plugin must agree in. The caller owns it. */
static char *essence(const struct result *result)
{
	struct text text = { 0 };
	text_printf(&text, "%s", verdict_name(result->verdict));
	for (size_t i = 0; i < result->n_checks; i++) {
		const struct check_result *check = &result->checks[i];
		text_printf(&text, "; %s %s", check->id, status_name(check->status));
		for (size_t e = 0; e < check->n_engines; e++) {
			const struct engine_result *said = &check->engines[e];
			if (said->engine == ENGINE_EXPLORE)
				text_printf(&text, " (explore: %s, %llu executions%s%s)", status_name(said->status),
					    (unsigned long long)said->executions,
					    check->counterexample != NULL ? ", schedule " : "",
					    check->counterexample != NULL ? check->counterexample->schedule : "");
		}
	}
	return text_take(&text);
}

static void take_result(const struct exercise *exercise, struct subject *subject, struct result *result, unsigned round)
{
	struct text complaints = { 0 };
	if (round > 0 && result != NULL && subject->result != NULL) {
		char *before = essence(subject->result), *now = essence(result);
		if (strcmp(before, now) != 0)
			text_replace(&subject->differs,
				     xasprintf(_("round 1: %s\nround %u: %s"), before, round + 1, now));
		free(before);
		free(now);
		result_destroy(result);
		return;
	}
	subject->result = result;
	if (result == NULL)
		text_add(&complaints, _("no result: its grading was lost\n"));
	else if (subject->starter)
		compare_starter(result, exercise, &complaints);
	else
		compare(result, subject->expectation, &complaints);
	text_replace(&subject->complaints, text_take(&complaints));
}

/* A grade, or what was in its way; NULL: neither. */
static struct result *read_result(const char *results, const char *name)
{
	char *key = store_key(name), *errors = xasprintf("%s/errors", results);
	struct result *result = store_read(results, key);
	if (result == NULL)
		result = store_read(errors, key);
	free(key);
	free(errors);
	return result;
}

/* The engines under which a subject is graded; 0: all. */
static uint32_t engines_for(const struct verify_options *options, const struct subject *subject)
{
	const struct expectation *expectation = subject->expectation;
	/* What it is worth is told by the explorer. */
	uint32_t engines = 1u << ENGINE_EXPLORE;
	if (!options->named_engines || subject->solution || expectation == NULL || expectation->others != NULL ||
	    expectation->n_passes > 0)
		return options->engines;
	for (unsigned i = 0; i < expectation->n_fails; i++) {
		const struct expected_failure *fails = &expectation->fails[i];
		if (fails->n_engines == 0)
			return options->engines;
		for (unsigned k = 0; k < fails->n_engines; k++) {
			enum engine_id engine;
			if (engine_from_name(fails->engines[k], &engine))
				engines |= 1u << engine;
		}
	}
	return options->engines != 0 ? engines & options->engines : engines;
}

/* Grades those that are graded under just these engines. */
static int run_batch(const struct site *site, const struct verify_options *options, struct subject_list *subjects,
		     const char *results, uint32_t engines, bool again, struct fault *fault)
{
	struct found *found = xcalloc(subjects->n, sizeof(*found));
	struct batch_progress progress;
	struct found_list list = { .list = found };
	const struct batch_options batch = {
		.grade = { .exercise = options->exercise, .engines = engines },
		.results = results,
		.jobs = options->jobs,
		.again = again,
		.progress = options->progress,
		.progress_context = options->progress_context,
	};
	for (size_t i = 0; i < subjects->n; i++) {
		struct subject *subject = &subjects->list[i];
		if (is_wanted(options, subject) && engines_for(options, subject) == engines)
			found[list.n++] = (struct found){ .student = { .key = store_key(subject->name) },
							  .path = subject->path,
							  .shown = subject->path };
	}
	int r = list.n > 0 ? batch_run(site, &batch, &list, &progress, fault) : 0;
	for (size_t i = 0; i < list.n; i++)
		free(found[i].student.key);
	free(found);
	return r;
}

static int run_round(const struct site *site, const struct verify_options *options, struct verification *verification,
		     unsigned round, struct fault *fault)
{
	struct subject_list *subjects = &verification->subjects;
	/* Later rounds do not find the grades of the first. */
	char *results = round == 0 ? xstrdup(options->results) : xasprintf("%s/round-%u", options->results, round + 1);
	size_t wanted = 0;
	for (size_t i = 0; i < subjects->n; i++)
		wanted += is_wanted(options, &subjects->list[i]);
	int r = wanted > 0 ? store_open(results, fault)
			   : fault_exercise(fault, _("%s has no plugin %s; name one as solutions/NAME or mutants/NAME"),
					    verification->exercise.id,
					    options->only != NULL ? options->only : _("for these engines"));
	for (uint32_t engines = 0; engines < 1u << ENGINE_COUNT && r == 0; engines++)
		r = run_batch(site, options, subjects, results, engines, round > 0, fault);
	for (size_t i = 0; i < subjects->n && r == 0; i++) {
		if (is_wanted(options, &subjects->list[i]))
			take_result(&verification->exercise, &subjects->list[i],
				    read_result(results, subjects->list[i].name), round);
	}
	free(results);
	return r;
}

int verify_run(const struct site *site, const struct verify_options *options, struct verification *verification,
	       struct fault *fault)
{
	*verification = (struct verification){ 0 };
	int r = site_exercise(site, options->exercise, &verification->exercise, fault);
	if (r == 0)
		r = site_prepare(site, &verification->exercise, fault);
	if (r == 0)
		r = read_subjects(site, verification, fault);
	if (r == 0)
		r = notes_check_expectations(&verification->exercise, &verification->subjects, fault);
	for (unsigned round = 0; round < (options->rounds != 0 ? options->rounds : 1) && r == 0; round++)
		r = run_round(site, options, verification, round, fault);
	if (r == 0)
		notes_add(&verification->exercise, &verification->subjects, &verification->notes);
	return r;
}

void verification_free(struct verification *verification)
{
	subjects_free(&verification->subjects);
	text_free(&verification->notes);
	manifest_free(&verification->exercise);
}

bool verification_holds(const struct verification *verification)
{
	for (size_t i = 0; i < verification->subjects.n; i++) {
		const struct subject *subject = &verification->subjects.list[i];
		if ((subject->complaints != NULL && subject->complaints[0] != '\0') || subject->differs != NULL)
			return false;
	}
	return verification->notes.length == 0;
}
