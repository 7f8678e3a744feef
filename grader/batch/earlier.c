#include "earlier.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "content.h"
#include "intake.h"
#include "manifest.h"
#include "store.h"
#include "text.h"

static bool is_same_submission(const struct batch_options *options, const struct found *found,
			       const struct result *stored)
{
	struct intake intake = { 0 };
	struct fault fault = { 0 };
	struct intake_limits limits = INTAKE_LIMITS_DEFAULT;
	limits.beside = options->grade.beside;
	bool same =
	    intake_open(&intake, found->path, limits, &fault) == 0 && strcmp(intake.sha256, stored->sha256) == 0;
	intake_close(&intake);
	fault_free(&fault);
	return same;
}

static void add_exercise(const struct site *site, const char *name, struct earlier_exercises *exercises)
{
	struct earlier_exercise *added = &exercises->list[exercises->n];
	struct fault fault = { 0 };
	if (site_exercise(site, name, &added->exercise, &fault) == 0) {
		added->name = xstrdup(name);
		added->digest = content_digest(site, &added->exercise);
		added->evidence_digest = content_evidence_digest(site, &added->exercise);
		exercises->n++;
	} else {
		manifest_free(&added->exercise);
	}
	fault_free(&fault);
}

struct earlier_exercises earlier_exercises(const struct site *site, const struct batch_options *options)
{
	struct earlier_exercises exercises = { 0 };
	size_t n = 0;
	char **ids = options->grade.exercise == NULL ? site_exercise_ids(site) : NULL;
	while (ids != NULL && ids[n] != NULL)
		n++;
	exercises.list = xcalloc(n + 1, sizeof(*exercises.list));
	if (options->grade.exercise != NULL)
		add_exercise(site, options->grade.exercise, &exercises);
	for (size_t i = 0; i < n; i++) {
		add_exercise(site, ids[i], &exercises);
		free(ids[i]);
	}
	free(ids);
	return exercises;
}

void earlier_exercises_free(struct earlier_exercises *exercises)
{
	for (size_t i = 0; i < exercises->n; i++) {
		free(exercises->list[i].name);
		free(exercises->list[i].digest);
		free(exercises->list[i].evidence_digest);
		manifest_free(&exercises->list[i].exercise);
	}
	free(exercises->list);
	*exercises = (struct earlier_exercises){ 0 };
}

/* ---- other points for what was seen ---- */

/* What is run depends on which checks have points at all; not on how many. */
static bool same_remarks(const struct exercise *exercise, const struct result *stored)
{
	for (size_t i = 0; i < stored->n_checks; i++) {
		const struct exercise_check *check = exercise_find_check(exercise, stored->checks[i].id);
		if (check == NULL || (check->points == 0) != (stored->checks[i].max_score == 0))
			return false;
	}
	return true;
}

static void give_points(const struct earlier_exercise *now, struct result *stored)
{
	unsigned max_score = 0;
	for (size_t i = 0; i < now->exercise.n_checks; i++)
		max_score += now->exercise.checks[i].points;
	for (size_t i = 0; i < stored->n_checks; i++)
		stored->checks[i].max_score = exercise_find_check(&now->exercise, stored->checks[i].id)->points;
	/* What could not be run has no checks. */
	if (stored->n_checks > 0)
		result_conclude(stored);
	else
		stored->max_score = max_score;
	text_replace(&stored->exercise_digest, xstrdup(now->digest));
}

static enum earlier compare_exercise(const struct earlier_exercises *exercises, const char *wanted,
				     struct result *stored)
{
	size_t i = 0;
	while (i < exercises->n && strcmp(exercises->list[i].name, wanted) != 0)
		i++;
	const struct earlier_exercise *now = &exercises->list[i];
	if (i == exercises->n || strcmp(now->exercise.id, stored->exercise) != 0 ||
	    now->exercise.version != stored->exercise_version)
		return EARLIER_CHANGED;
	if (stored->exercise_digest == NULL || strcmp(now->digest, stored->exercise_digest) == 0)
		return EARLIER_UNCHANGED;
	if (stored->evidence_digest == NULL || strcmp(now->evidence_digest, stored->evidence_digest) != 0)
		return EARLIER_STALE;
	if (!same_remarks(&now->exercise, stored))
		return EARLIER_REMARKS;
	give_points(now, stored);
	return EARLIER_POINTS;
}

enum earlier earlier_of(const struct earlier_exercises *exercises, const struct batch_options *options,
			const struct found *found, struct result **stored)
{
	struct result *result = store_read(options->results, found->student.key);
	enum earlier earlier = EARLIER_NONE;
	*stored = NULL;
	if (result != NULL && result->verdict != VERDICT_ERROR) {
		bool known = result->sha256 != NULL && result->exercise != NULL && !options->again;
		earlier =
		    known && is_same_submission(options, found, result)
			? compare_exercise(exercises,
					   options->grade.exercise != NULL ? options->grade.exercise : result->exercise,
					   result)
			: EARLIER_CHANGED;
	}
	if (earlier >= EARLIER_POINTS)
		*stored = result;
	else
		result_destroy(result);
	return earlier;
}

static int compare_key(const void *key, const void *found)
{
	return strcmp(key, ((const struct found *)found)->student.key);
}

/* The list is sorted by key. */
static bool is_in(const struct found_list *list, const char *key)
{
	return list->n > 0 && bsearch(key, list->list, list->n, sizeof(*list->list), compare_key) != NULL;
}

char **earlier_left(const char *folder, const struct found_list *list, size_t *n)
{
	size_t n_keys, n_left = 0;
	char **keys = store_keys(folder, &n_keys);
	for (size_t i = 0; i < n_keys; i++) {
		if (is_in(list, keys[i]))
			free(keys[i]);
		else
			keys[n_left++] = keys[i];
	}
	*n = n_left;
	return keys;
}

/* Of very many some are looked at: each batch has seen to it that there are no others. */
char *earlier_other_exercise(const char *folder, const char *exercise)
{
	enum { LOOKED_AT = 256 };
	size_t n;
	char **keys = store_keys(folder, &n), *other = NULL;
	for (size_t i = 0; i < n && other == NULL; i += 1 + n / LOOKED_AT) {
		struct result *result = store_read(folder, keys[i]);
		if (result != NULL && result->exercise != NULL && strcmp(result->exercise, exercise) != 0)
			other = xstrdup(result->exercise);
		result_destroy(result);
	}
	for (size_t i = 0; i < n; i++)
		free(keys[i]);
	free(keys);
	return other;
}
