#include <stdlib.h>
#include <string.h>

#include "result.h"
#include "saying.h"
#include "text.h"
#include "translate.h"

void result_add_said(struct result *result, const char *words, const char *said)
{
	if (result_said(result, words) != NULL)
		return;
	result->said = xrealloc(result->said, (result->n_said + 1) * sizeof(*result->said));
	result->said[result->n_said++] = (struct said_words){ xstrdup(words), xstrdup(said) };
}

const char *result_said(const struct result *result, const char *words)
{
	for (size_t i = 0; i < result->n_said; i++) {
		if (strcmp(result->said[i].words, words) == 0)
			return result->said[i].said;
	}
	return NULL;
}

static void visit_counterexample(struct counterexample *counterexample, void (*visit)(char **text, void *context),
				 void *context)
{
	visit(&counterexample->summary, context);
	for (size_t i = 0; i < counterexample->n_steps; i++) {
		struct step *step = &counterexample->steps[i];
		visit(&step->variable, context);
		visit(&step->value_name, context);
		visit(&step->stored_name, context);
		visit(&step->newest_name, context);
		visit(&step->note, context);
	}
}

static void visit_check(struct check_result *check, void (*visit)(char **text, void *context), void *context)
{
	visit(&check->message, context);
	for (size_t i = 0; i < check->n_engines; i++)
		visit(&check->engines[i].message, context);
	if (check->counterexample != NULL)
		visit_counterexample(check->counterexample, visit, context);
}

void result_visit_texts(struct result *result, void (*visit)(char **text, void *context), void *context)
{
	visit(&result->message, context);
	for (size_t i = 0; i < result->n_checks; i++)
		visit_check(&result->checks[i], visit, context);
	for (size_t i = 0; i < result->n_findings; i++)
		visit(&result->findings[i].message, context);
}

static void put_into_words(char **text, void *context)
{
	if (*text == NULL || strpbrk(*text, "\1\2\3\4") == NULL)
		return;
	char *said = *text;
	*text = said_text(said);
	result_add_said(context, *text, said);
	free(said);
}

void result_put_into_words(struct result *result)
{
	result_visit_texts(result, put_into_words, result);
}

static void take_apart(char **text, void *context)
{
	const char *said = *text != NULL ? result_said(context, *text) : NULL;
	if (said != NULL)
		text_replace(text, xstrdup(said));
}

static void forget_said(struct result *result)
{
	for (size_t i = 0; i < result->n_said; i++) {
		free(result->said[i].words);
		free(result->said[i].said);
	}
	free(result->said);
	result->said = NULL;
	result->n_said = 0;
}

/* What the exercise's author wrote. */
static void visit_written(struct result *result, void (*visit)(struct result *result, char **text, void *context),
			  void *context)
{
	for (size_t i = 0; i < result->n_checks; i++) {
		visit(result, &result->checks[i].hint, context);
		visit(result, &result->checks[i].section, context);
		visit(result, &result->checks[i].resembles, context);
	}
}

static void take_wording(struct result *result, char **text, void *context)
{
	const struct wording *wording = *text != NULL ? wordings_find(context, *text) : NULL;
	if (wording != NULL)
		wordings_take(&result->wordings, wording);
}

void result_take_wordings(struct result *result, const struct wordings *wordings)
{
	visit_written(result, take_wording, (void *)(uintptr_t)wordings);
}

static void reword(struct result *result, char **text, void *context)
{
	const struct wording *wording = *text != NULL ? wordings_find(&result->wordings, *text) : NULL;
	if (wording != NULL)
		text_replace(text, xstrdup(wording_text(wording, context)));
}

void result_say_again(struct result *result)
{
	visit_written(result, reword, LANGUAGE_TAG);
	result_visit_texts(result, take_apart, result);
	forget_said(result);
	result_put_into_words(result);
}
