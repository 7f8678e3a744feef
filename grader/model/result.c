#include "result.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text.h"

/* Grows an array by one zeroed element and returns that element. */
static void *add_element(void **array, size_t *count, size_t size)
{
	*array = xrealloc(*array, (*count + 1) * size);
	char *element = (char *)*array + *count * size;
	for (size_t i = 0; i < size; i++)
		element[i] = 0;
	(*count)++;
	return element;
}

static void place_fini(struct source_place *place)
{
	free(place->function);
	free(place->file);
}

static void check_fini(struct check_result *check)
{
	for (size_t i = 0; i < check->n_engines; i++)
		free(check->engines[i].message);
	free(check->engines);
	counterexample_destroy(check->counterexample);
	free(check->id);
	free(check->workload);
	free(check->message);
	free(check->hint);
	free(check->section);
	free(check->resembles);
	free(check->unmet);
	for (size_t i = 0; i < check->n_requires; i++)
		free(check->requires[i]);
	free(check->requires);
}

static void check_forget_stories(struct check_result *check)
{
	counterexample_destroy(check->counterexample);
	check->counterexample = NULL;
	text_replace(&check->hint, NULL);
	text_replace(&check->section, NULL);
	text_replace(&check->resembles, NULL);
	for (size_t i = 0; i < check->n_engines; i++)
		text_replace(&check->engines[i].message, NULL);
}

static void finding_fini(struct finding *finding)
{
	for (size_t i = 0; i < finding->n_places; i++)
		place_fini(&finding->places[i]);
	free(finding->places);
	free(finding->kind);
	free(finding->workload);
	free(finding->message);
}

struct result *result_create(const char *submission)
{
	struct result *result = xcalloc(1, sizeof(*result));
	result->submission = xstrdup(submission);
	result->verdict = VERDICT_ERROR;
	return result;
}

static void findings_free(struct result *result)
{
	for (size_t i = 0; i < result->n_findings; i++)
		finding_fini(&result->findings[i]);
	free(result->findings);
	result->findings = NULL;
	result->n_findings = 0;
}

static void phases_free(struct result *result)
{
	for (size_t i = 0; i < result->n_phases; i++)
		free(result->phases[i].name);
	free(result->phases);
	result->phases = NULL;
	result->n_phases = 0;
}

static void said_free(struct result *result)
{
	for (size_t i = 0; i < result->n_said; i++) {
		free(result->said[i].words);
		free(result->said[i].said);
	}
	free(result->said);
	result->said = NULL;
	result->n_said = 0;
}

void result_keep_points(struct result *result)
{
	char **const texts[] = { &result->output,          &result->source_file,    &result->source_text,
				 &result->machine,         &result->compiler,       &result->sandbox,
				 &result->exercise_digest, &result->evidence_digest };
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		text_replace(texts[i], NULL);
	for (size_t i = 0; i < result->n_checks; i++)
		check_forget_stories(&result->checks[i]);
	findings_free(result);
	phases_free(result);
	said_free(result);
	wordings_free(&result->wordings);
	result->wordings = (struct wordings){ 0 };
}

void result_destroy(struct result *result)
{
	if (result == NULL)
		return;
	for (size_t i = 0; i < result->n_checks; i++)
		check_fini(&result->checks[i]);
	free(result->checks);
	findings_free(result);
	phases_free(result);
	said_free(result);
	free(result->student.key);
	free(result->student.name);
	free(result->student.id);
	free(result->student.platform_id);
	free(result->student.login);
	free(result->student.conflict);
	free(result->exercise_digest);
	free(result->evidence_digest);
	free(result->submission);
	free(result->graded_file);
	free(result->sha256);
	free(result->exercise);
	free(result->exercise_folder);
	free(result->adjusted);
	free(result->message);
	free(result->output);
	free(result->source_file);
	free(result->source_text);
	free(result->machine);
	free(result->compiler);
	free(result->sandbox);
	free(result->challenge);
	wordings_free(&result->wordings);
	free(result);
}

struct check_result *result_add_check(struct result *result)
{
	void *array = result->checks;
	struct check_result *check = add_element(&array, &result->n_checks, sizeof(*check));
	result->checks = array;
	return check;
}

struct engine_result *check_add_engine(struct check_result *check, enum engine_id engine)
{
	void *array = check->engines;
	struct engine_result *added = add_element(&array, &check->n_engines, sizeof(*added));
	check->engines = array;
	added->engine = engine;
	added->max_bypass = -1;
	return added;
}

void check_add_requirement(struct check_result *check, const char *id)
{
	check->requires = xrealloc(check->requires, (check->n_requires + 1) * sizeof(*check->requires));
	check->requires[check->n_requires++] = xstrdup(id);
}

struct finding *result_add_finding(struct result *result, const char *kind)
{
	void *array = result->findings;
	struct finding *finding = add_element(&array, &result->n_findings, sizeof(*finding));
	result->findings = array;
	finding->kind = xstrdup(kind);
	finding->engine = -1;
	return finding;
}

struct source_place *finding_add_place(struct finding *finding)
{
	void *array = finding->places;
	struct source_place *place = add_element(&array, &finding->n_places, sizeof(*place));
	finding->places = array;
	return place;
}

void result_add_phase(struct result *result, const char *name, uint64_t duration_us)
{
	void *array = result->phases;
	struct phase *phase = add_element(&array, &result->n_phases, sizeof(*phase));
	result->phases = array;
	phase->name = xstrdup(name);
	phase->duration_us = duration_us;
}

struct counterexample *counterexample_create(void)
{
	return xcalloc(1, sizeof(struct counterexample));
}

void counterexample_destroy(struct counterexample *counterexample)
{
	if (counterexample == NULL)
		return;
	for (size_t i = 0; i < counterexample->n_steps; i++) {
		struct step *step = &counterexample->steps[i];
		place_fini(&step->place);
		free(step->op);
		free(step->variable);
		free(step->value_name);
		free(step->stored_name);
		free(step->newest_name);
		free(step->order);
		free(step->note);
	}
	free(counterexample->steps);
	free(counterexample->schedule);
	free(counterexample->memory_model);
	free(counterexample->summary);
	free(counterexample);
}

struct step *counterexample_add_step(struct counterexample *counterexample)
{
	void *array = counterexample->steps;
	struct step *step = add_element(&array, &counterexample->n_steps, sizeof(*step));
	counterexample->steps = array;
	step->repeat = 1;
	return step;
}

const struct check_result *result_find_check(const struct result *result, const char *id)
{
	for (size_t i = 0; i < result->n_checks; i++) {
		if (strcmp(result->checks[i].id, id) == 0)
			return &result->checks[i];
	}
	return NULL;
}

void result_conclude(struct result *result)
{
	bool failed = result->message != NULL, troubled = false, uncounted = false;
	result->score = result->max_score = 0;
	for (size_t i = 0; i < result->n_checks; i++) {
		struct check_result *check = &result->checks[i];
		check->score = check->status == STATUS_PASS ? check->max_score : 0;
		result->score += check->score;
		result->max_score += check->max_score;
		if (check_is_remark(check))
			continue;
		if (check->status == STATUS_ERROR)
			troubled = true;
		else if (check->status == STATUS_UNCOUNTED)
			uncounted = true; /* by the fault of another, or of the machine */
		else if (check->status != STATUS_PASS)
			failed = true;
	}
	result->verdict = failed ? VERDICT_FAIL : troubled ? VERDICT_ERROR : uncounted ? VERDICT_FAIL : VERDICT_PASS;
}

bool student_is(const struct student *student, const char *wanted)
{
	return (student->key != NULL && strcasecmp(wanted, student->key) == 0) ||
	       (student->name != NULL && strcasecmp(wanted, student->name) == 0) ||
	       (student->id != NULL && strcasecmp(wanted, student->id) == 0);
}
