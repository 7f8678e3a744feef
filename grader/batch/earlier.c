#include "earlier.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "content.h"
#include "intake.h"
#include "manifest.h"
#include "store.h"
#include "text.h"

static bool is_same_submission(const struct found *found, const struct result *stored)
{
	struct intake intake = { 0 };
	struct fault fault = { 0 };
	bool same = intake_open(&intake, found->path, INTAKE_LIMITS_DEFAULT, &fault) == 0 &&
		    strcmp(intake.sha256, stored->sha256) == 0;
	intake_close(&intake);
	fault_free(&fault);
	return same;
}

static enum earlier compare_exercise(const struct site *site, const char *wanted, const struct result *stored)
{
	struct exercise exercise = { 0 };
	struct fault fault = { 0 };
	enum earlier earlier = EARLIER_CHANGED;
	if (site_exercise(site, wanted, &exercise, &fault) == 0 && strcmp(exercise.id, stored->exercise) == 0 &&
	    exercise.version == stored->exercise_version) {
		char *digest = content_digest(site, &exercise);
		bool known = stored->exercise_digest != NULL;
		earlier = known && strcmp(digest, stored->exercise_digest) != 0 ? EARLIER_STALE : EARLIER_UNCHANGED;
		free(digest);
	}
	manifest_free(&exercise);
	fault_free(&fault);
	return earlier;
}

enum earlier earlier_of(const struct site *site, const struct batch_options *options, const struct found *found,
			struct result **stored)
{
	struct result *result = store_read(options->results, found->student.key);
	enum earlier earlier = EARLIER_NONE;
	*stored = NULL;
	if (result != NULL && result->verdict != VERDICT_ERROR) {
		bool known = result->sha256 != NULL && result->exercise != NULL && !options->again;
		earlier = known && is_same_submission(found, result)
			      ? compare_exercise(
				    site, options->grade.exercise != NULL ? options->grade.exercise : result->exercise,
				    result)
			      : EARLIER_CHANGED;
	}
	if (earlier == EARLIER_STALE || earlier == EARLIER_UNCHANGED)
		*stored = result;
	else
		result_destroy(result);
	return earlier;
}

static bool is_in(const struct found_list *list, const char *key)
{
	for (size_t i = 0; i < list->n; i++) {
		if (strcmp(list->list[i].student.key, key) == 0)
			return true;
	}
	return false;
}

static struct result **read_all(const char *folder, size_t *n)
{
	struct result **results = NULL;
	struct fault fault = { 0 };
	*n = 0;
	/* What cannot be read is told where it is reported. */
	store_read_all(folder, &results, n, &fault);
	fault_free(&fault);
	return results;
}

static void free_all(struct result **results, size_t n)
{
	for (size_t i = 0; i < n; i++)
		result_destroy(results[i]);
	free(results);
}

char **earlier_left(const char *folder, const struct found_list *list, size_t *n)
{
	size_t n_results;
	struct result **results = read_all(folder, &n_results);
	char **keys = NULL;
	*n = 0;
	for (size_t i = 0; i < n_results; i++) {
		const char *key = results[i]->student.key;
		if (key == NULL || is_in(list, key))
			continue;
		keys = xrealloc(keys, (*n + 1) * sizeof(*keys));
		keys[(*n)++] = xstrdup(key);
	}
	free_all(results, n_results);
	return keys;
}

char *earlier_other_exercise(const char *folder, const char *exercise)
{
	size_t n;
	struct result **results = read_all(folder, &n);
	char *other = NULL;
	for (size_t i = 0; i < n && other == NULL; i++) {
		if (results[i]->exercise != NULL && strcmp(results[i]->exercise, exercise) != 0)
			other = xstrdup(results[i]->exercise);
	}
	free_all(results, n);
	return other;
}
