#include "notes.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "challenge.h"
#include "manifest.h"
#include "names.h"
#include "source.h"
#include "translate.h"
#include "workshop.h"

enum { SOURCE_BYTES_MAX = 1 << 20 };

/* The caller owns it; NULL: it cannot be read. */
static char *read_file(const char *path)
{
	FILE *file = fopen(path, "re");
	if (file == NULL)
		return NULL;
	char *text = xcalloc(1, SOURCE_BYTES_MAX + 1);
	text[fread(text, 1, SOURCE_BYTES_MAX, file)] = '\0';
	fclose(file);
	return text;
}

/* ---- what is expected of the plugins ---- */

/* The first line that has the words; 1 where none has. */
static unsigned line_with(const char *text, const char *words)
{
	const char *hit = text != NULL ? strstr(text, words) : NULL;
	unsigned line = 1;
	for (const char *at = text; hit != NULL && at < hit; at++)
		line += *at == '\n';
	return line;
}

static void check_id(const struct exercise *exercise, const char *path, const char *text, const char *id,
		     struct text *problems)
{
	if (exercise_find_check(exercise, id) != NULL)
		return;
	text_printf(problems, _("%s%s:%u: \"%s\" is none of the checks of %s/%s; there are:"),
		    problems->length > 0 ? "\n" : "", path, line_with(text, id), id, exercise->folder, MANIFEST_FILE);
	for (size_t i = 0; i < exercise->n_checks; i++)
		text_printf(problems, "%s %s", i > 0 ? "," : "", exercise->checks[i].id);
}

static void check_expectation(const struct exercise *exercise, const struct subject *subject, struct text *problems)
{
	const struct expectation *expectation = subject->expectation;
	int stem = (int)(strrchr(subject->path, '.') - subject->path);
	char *path = xasprintf("%.*s.yaml", stem, subject->path), *text = read_file(path);
	for (unsigned i = 0; i < expectation->n_fails; i++) {
		const struct expected_failure *fails = &expectation->fails[i];
		check_id(exercise, path, text, fails->check, problems);
		for (unsigned k = 0; k < fails->n_engines; k++) {
			enum engine_id engine;
			if (!engine_from_name(fails->engines[k], &engine))
				text_printf(problems,
					    _("%s%s:%u: \"%s\" is not an engine; write explore, tsan or native"),
					    problems->length > 0 ? "\n" : "", path, line_with(text, fails->engines[k]),
					    fails->engines[k]);
		}
	}
	for (unsigned i = 0; i < expectation->n_passes; i++)
		check_id(exercise, path, text, expectation->passes[i], problems);
	free(text);
	free(path);
}

int notes_check_expectations(const struct exercise *exercise, const struct subject_list *subjects, struct fault *fault)
{
	struct text problems = { 0 };
	for (size_t i = 0; i < subjects->n; i++) {
		if (subjects->list[i].expectation != NULL)
			check_expectation(exercise, &subjects->list[i], &problems);
	}
	int r = problems.length > 0 ? fault_exercise(fault, "%s", problems.data) : 0;
	text_free(&problems);
	return r;
}

/* ---- a workload's source ---- */

/* A source of the exercise's own, and the headers that it may include: each a path and its text. */
struct sources {
	size_t n;
	char *path[64], *text[64];
};

static void take(struct sources *sources, char *path)
{
	char *text = sources->n < sizeof(sources->path) / sizeof(sources->path[0]) ? read_file(path) : NULL;
	if (text == NULL) {
		free(path);
		return;
	}
	sources->path[sources->n] = path;
	sources->text[sources->n++] = text;
}

static int is_header(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && text_ends(entry->d_name, ".h");
}

static void take_headers(struct sources *sources, const char *folder)
{
	struct dirent **headers;
	int n = folder != NULL ? scandir(folder, &headers, is_header, alphasort) : -1;
	for (int i = 0; i < n; i++) {
		take(sources, xasprintf("%s/%s", folder, headers[i]->d_name));
		free(headers[i]);
	}
	if (n >= 0)
		free(headers);
}

/* Takes nothing where the workload is not a source of the exercise's own. */
static void sources_of(const struct exercise *exercise, const struct exercise_workload *workload,
		       struct sources *sources)
{
	char *path = workshop_find(exercise, workload);
	*sources = (struct sources){ 0 };
	if (path == NULL || !text_ends(path, ".c")) {
		free(path);
		return;
	}
	take(sources, path);
	if (sources->n == 0)
		return;
	take_headers(sources, exercise->folder);
	take_headers(sources, exercise->include);
}

static void sources_free(struct sources *sources)
{
	for (size_t i = 0; i < sources->n; i++) {
		free(sources->path[i]);
		free(sources->text[i]);
	}
}

static bool says(const struct sources *sources, const char *word)
{
	for (size_t i = 0; i < sources->n; i++) {
		if (source_word_line(sources->text[i], word, false) != 0)
			return true;
	}
	return false;
}

/* ---- the same every time ---- */

/* What gives something else each time that it is asked. */
static const char *const changing[] = { "rand",    "rand_r",       "random",      "drand48",       "lrand48",
					"mrand48", "arc4random",   "getrandom",   "getentropy",    "time",
					"clock",   "gettimeofday", "getpid",      "clock_gettime", "timespec_get",
					"gettid",  "pthread_self", "thrd_current" };

static void note_changing(const struct sources *sources, struct text *notes)
{
	for (size_t i = 0; i < sizeof(changing) / sizeof(changing[0]); i++) {
		unsigned line = sources->n > 0 ? source_word_line(sources->text[0], changing[i], true) : 0;
		if (line != 0 && !source_defines(sources->text[0], changing[i]))
			text_printf(
			    notes,
			    _("%s:%u: %s(): a workload has to do the same whenever it is run, or what the explorer "
			      "says of it means nothing, and replays go wrong; take trial_random()\n"),
			    sources->path[0], line, changing[i]);
	}
}

/* ---- what can fail ---- */

/* The words without which no engine ever says that the property is violated. */
static const struct {
	enum workload_property property;
	const char *words[5];
} sayings[] = {
	{ PROPERTY_ORDERING, { "PROPERTY_ORDERING" } },
	{ PROPERTY_INDEPENDENCE, { "PROPERTY_INDEPENDENCE" } },
	{ PROPERTY_CAPACITY, { "PROPERTY_CAPACITY", "trial_capacity" } },
	{ PROPERTY_PARALLELISM, { "PROPERTY_PARALLELISM", "trial_capacity", "trial_enter_shared" } },
	{ PROPERTY_MUTUAL_EXCLUSION, { "PROPERTY_MUTUAL_EXCLUSION", "trial_enter", "trial_enter_shared" } },
	{ PROPERTY_PROCESS_SHARED, { "PROPERTY_PROCESS_SHARED", "WORKLOAD_PROCESSES" } },
};

static void note_unfailing(const struct exercise *exercise, const struct exercise_check *check,
			   const struct sources *sources, struct text *notes)
{
	for (size_t i = 0; i < sizeof(sayings) / sizeof(sayings[0]); i++) {
		bool said = says(sources, "services") && says(sources, "fail"); /* without the functions for it */
		if (sayings[i].property != check->property || sources->n == 0)
			continue;
		for (size_t k = 0; sayings[i].words[k] != NULL; k++)
			said = said || says(sources, sayings[i].words[k]);
		if (!said)
			text_printf(
			    notes,
			    _("%s/%s:%u: %s: nothing can fail this check: %s never says %s; say it where it can "
			      "go wrong (trial_expect(), …), or remove the check\n"),
			    exercise->folder, MANIFEST_FILE, check->line, check->id, sources->path[0],
			    sayings[i].words[0]);
	}
}

/* ---- races of its own ---- */

/* The line of the workload's source where a solution races; 0: it does not, or somewhere else. */
static unsigned race_line(const struct subject *subject, const char *id, const char *path)
{
	const struct check_result *check = subject->result != NULL ? result_find_check(subject->result, id) : NULL;
	const struct counterexample *shown =
	    check != NULL && check->status == STATUS_FAIL ? check->counterexample : NULL;
	for (size_t i = 0; shown != NULL && i < shown->n_steps; i++) {
		const struct source_place *place = &shown->steps[i].place;
		if (shown->steps[i].culprit && place->file != NULL &&
		    strcmp(basename(place->file), basename(path)) == 0)
			return place->line;
	}
	return 0;
}

/* Plugins that are right, all of which race in the workload's own code. */
static void note_race(const struct exercise_check *check, const struct subject_list *subjects,
		      const struct sources *sources, struct text *notes)
{
	size_t solutions = 0, racing = 0;
	unsigned line = 0;
	for (size_t i = 0; i < subjects->n && sources->n > 0; i++) {
		const struct subject *subject = &subjects->list[i];
		if (!subject->solution || subject->result == NULL)
			continue;
		unsigned here = race_line(subject, check->id, sources->path[0]);
		solutions++;
		racing += here != 0;
		line = here != 0 ? here : line;
	}
	if (check->property == PROPERTY_DATA_RACE && solutions > 0 && racing == solutions)
		text_printf(
		    notes,
		    _("%s:%u: the workload races, not the plugin: every solution fails %s here. What threads share "
		      "has to be used between the calls that protect it, or to be atomic\n"),
		    sources->path[0], line, check->id);
}

/* ---- the challenge ---- */

/* The first that a wrong copy should be made of. The caller owns the path; NULL: there is none. */
static char *challenged_source(const struct exercise *exercise)
{
	char *source = NULL;
	for (size_t i = 0; i < exercise->n_workloads && source == NULL; i++)
		source = challenge_source(exercise, &exercise->workloads[i]);
	return source;
}

static bool explorer_passes(const struct result *result)
{
	bool passes = false;
	for (size_t c = 0; c < result->n_checks; c++) {
		for (size_t e = 0; e < result->checks[c].n_engines; e++) {
			const struct engine_result *said = &result->checks[c].engines[e];
			passes = passes || (said->engine == ENGINE_EXPLORE && said->status == STATUS_PASS);
		}
	}
	return passes && result->verdict == VERDICT_PASS;
}

/* Solutions that the explorer calls right, and of none of which it has found the wrong copy of a workload wrong. */
static void note_challenge(const struct exercise *exercise, const struct subject_list *subjects, struct text *notes)
{
	size_t asked = 0, refused = 0;
	for (size_t i = 0; i < subjects->n; i++) {
		const struct result *result = subjects->list[i].result;
		if (!subjects->list[i].solution || result == NULL || result->challenge == NULL ||
		    !explorer_passes(result))
			continue;
		asked++;
		refused += strcmp(result->challenge, "refused") == 0;
	}
	char *source = asked > 0 && refused == 0 ? challenged_source(exercise) : NULL;
	if (source != NULL)
		text_printf(notes,
			    _("%s:1: no wrong copy of this workload comes about that the explorer finds wrong, so that "
			      "plugins that answer in its place are not found out: the source has to compile where "
			      "“workload” is a macro for another name, and thread() has to come back\n"),
			    source);
	free(source);
}

void notes_add(const struct exercise *exercise, const struct subject_list *subjects, struct text *notes)
{
	for (size_t i = 0; i < exercise->n_workloads; i++) {
		struct sources sources;
		sources_of(exercise, &exercise->workloads[i], &sources);
		note_changing(&sources, notes);
		for (size_t c = 0; c < exercise->n_checks; c++) {
			const struct exercise_check *check = &exercise->checks[c];
			if (check->workload != &exercise->workloads[i])
				continue;
			note_unfailing(exercise, check, &sources, notes);
			note_race(check, subjects, &sources, notes);
		}
		sources_free(&sources);
	}
	note_challenge(exercise, subjects, notes);
}
