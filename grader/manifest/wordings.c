#include "wordings.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "translate.h"
#include "translation.h"

/* The exercise's texts, where they stand in it, and what they are in English. */
struct texts {
	size_t n;
	const char ***at;
	char **english;
};

static void add_text(struct texts *texts, const char **at)
{
	if (*at == NULL)
		return;
	texts->at = xrealloc(texts->at, (texts->n + 1) * sizeof(*texts->at));
	texts->english = xrealloc(texts->english, (texts->n + 1) * sizeof(*texts->english));
	texts->at[texts->n] = at;
	texts->english[texts->n++] = xstrdup(*at);
}

static struct texts texts_of(struct exercise *exercise)
{
	struct texts texts = { 0 };
	for (size_t i = 0; i < exercise->n_checks; i++) {
		struct exercise_check *check = (struct exercise_check *)&exercise->checks[i];
		add_text(&texts, &check->hint);
		add_text(&texts, &check->section);
	}
	for (size_t i = 0; i < exercise->n_mistakes; i++)
		add_text(&texts, (const char **)&exercise->mistakes[i].name);
	add_text(&texts, &exercise->title);
	return texts;
}

static void put_back(struct texts *texts)
{
	for (size_t i = 0; i < texts->n; i++) {
		free((void *)*texts->at[i]);
		*texts->at[i] = xstrdup(texts->english[i]);
	}
}

static void texts_free(struct texts *texts)
{
	for (size_t i = 0; i < texts->n; i++)
		free(texts->english[i]);
	free(texts->english);
	free(texts->at);
}

/* The texts that the exercise has now are in that language. What is the same in English is not translated. */
static void take_language(struct exercise *exercise, const struct texts *texts, const char *language)
{
	for (size_t i = 0; i < texts->n; i++) {
		if (strcmp(*texts->at[i], texts->english[i]) == 0)
			continue;
		const struct wording *known = wordings_find(&exercise->wordings, texts->english[i]);
		struct wording *wording = (struct wording *)known;
		if (wording == NULL) {
			wording = wordings_add(&exercise->wordings);
			wording_add(wording, "en", texts->english[i]);
		}
		wording_add(wording, language, *texts->at[i]);
	}
}

static int is_translation(const struct dirent *entry)
{
	return fnmatch("exercise.?*.yaml", entry->d_name, 0) == 0;
}

/* A mistake in a language that nobody reads now stops nobody: it is told where that is the one in use. */
static int take_translation(const char *folder, const char *language, struct exercise *exercise,
			    const struct texts *texts, struct fault *fault)
{
	struct fault own = { 0 };
	int r = translation_read(folder, language, exercise, &own);
	if (r == 0)
		take_language(exercise, texts, language);
	if (r < 0 && own.owner != FAULT_EXERCISE) {
		fault_free(fault);
		*fault = own;
		return r;
	}
	fault_free(&own);
	return 0;
}

int wordings_read(const char *folder, struct exercise *exercise, struct fault *fault)
{
	struct dirent **entries = NULL;
	struct plugin_kind kind = exercise->kind;
	struct texts texts = texts_of(exercise);
	int n = scandir(folder, &entries, is_translation, alphasort), r = 0;
	if (n < 0)
		r = fault_machine(fault, errno, _("%s: cannot be read"), folder);
	for (int i = 0; i < n; i++) {
		const char *name = entries[i]->d_name + strlen("exercise.");
		char *language = xstrndup(name, strlen(name) - strlen(".yaml"));
		if (r == 0)
			r = take_translation(folder, language, exercise, &texts, fault);
		put_back(&texts);
		exercise->kind = kind;
		free(language);
		free(entries[i]);
	}
	free(entries);
	texts_free(&texts);
	return r;
}
