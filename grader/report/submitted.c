#include "submitted.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

static char *path_of(const struct result *result)
{
	const char *path = result->submission, *file = result->source_file;
	size_t length = strlen(path), tail = file != NULL ? strlen(file) : 0;
	/* It is named already: "kim/src/lock.c" of "src/lock.c". */
	if (file == NULL || strcmp(path, file) == 0 ||
	    (length > tail && path[length - tail - 1] == '/' && strcmp(path + length - tail, file) == 0))
		return xstrdup(path);
	while (length > 1 && path[length - 1] == '/')
		length--;
	if (strcmp(path, ".") == 0 || strcmp(path, "./") == 0)
		return xstrdup(file);
	return xasprintf("%.*s/%s", (int)length, path, file);
}

/* Below the repository, whatever the folder that it was graded in: a runner says where that is. */
char *submitted_path(const struct result *result)
{
	char *path = path_of(result);
	const char *repository = getenv("GITHUB_WORKSPACE");
	if (repository == NULL || repository[0] == '\0')
		repository = getenv("CI_PROJECT_DIR");
	char *root = repository != NULL && repository[0] == '/' ? realpath(repository, NULL) : NULL;
	char *real = root != NULL ? realpath(path, NULL) : NULL;
	size_t length = root != NULL ? strlen(root) : 0;
	if (real != NULL && strncmp(real, root, length) == 0 && real[length] == '/')
		text_replace(&path, xstrdup(real + length + 1));
	free(real);
	free(root);
	return path;
}

/* What a shared object was built from is not known: then all that is no header is taken for it. */
static bool is_submitted(const struct result *result, const struct source_place *place)
{
	if (place->file == NULL || place->line == 0)
		return false;
	if (result->source_file == NULL)
		return !text_ends(place->file, ".h");
	return strcmp(basename(place->file), basename(result->source_file)) == 0;
}

bool submitted_step(const struct result *result, const struct step *step)
{
	return is_submitted(result, &step->place);
}

static unsigned line_of_counterexample(const struct result *result, const struct counterexample *counterexample)
{
	unsigned line = 0;
	for (size_t i = 0; i < counterexample->n_steps; i++) {
		const struct step *step = &counterexample->steps[i];
		if (submitted_step(result, step))
			line = step->place.line;
		if (step->culprit && line != 0)
			break;
	}
	return line;
}

unsigned submitted_line(const struct result *result, const struct check_result *check)
{
	unsigned line = check->counterexample != NULL ? line_of_counterexample(result, check->counterexample) : 0;
	for (size_t i = 0; line == 0 && i < result->n_findings; i++) {
		const struct finding *finding = &result->findings[i];
		bool same = finding->workload != NULL && strcmp(finding->workload, check->workload) == 0;
		for (size_t p = 0; same && line == 0 && p < finding->n_places; p++) {
			if (is_submitted(result, &finding->places[p]))
				line = finding->places[p].line;
		}
	}
	return line;
}
