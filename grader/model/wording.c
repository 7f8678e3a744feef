#include "wording.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

struct wording *wordings_add(struct wordings *wordings)
{
	wordings->list = xrealloc(wordings->list, (wordings->n + 1) * sizeof(*wordings->list));
	wordings->list[wordings->n] = (struct wording){ 0 };
	return &wordings->list[wordings->n++];
}

static const char *find_language(const struct wording *wording, const char *language)
{
	for (size_t i = 0; i < wording->n; i++) {
		if (strcmp(wording->in[i].language, language) == 0)
			return wording->in[i].text;
	}
	return NULL;
}

void wording_add(struct wording *wording, const char *language, const char *text)
{
	if (find_language(wording, language) != NULL)
		return;
	wording->in = xrealloc(wording->in, (wording->n + 1) * sizeof(*wording->in));
	wording->in[wording->n].language = xstrdup(language);
	wording->in[wording->n++].text = xstrdup(text);
}

const char *wording_text(const struct wording *wording, const char *language)
{
	const char *text = find_language(wording, language);
	if (text == NULL)
		text = find_language(wording, "en");
	return text != NULL ? text : wording->in[0].text;
}

const struct wording *wordings_find(const struct wordings *wordings, const char *text)
{
	for (size_t i = 0; i < wordings->n; i++) {
		const struct wording *wording = &wordings->list[i];
		for (size_t k = 0; k < wording->n; k++) {
			if (strcmp(wording->in[k].text, text) == 0)
				return wording;
		}
	}
	return NULL;
}

void wordings_take(struct wordings *wordings, const struct wording *wording)
{
	if (wording->n == 0 || wordings_find(wordings, wording_text(wording, "en")) != NULL)
		return;
	struct wording *copy = wordings_add(wordings);
	for (size_t i = 0; i < wording->n; i++)
		wording_add(copy, wording->in[i].language, wording->in[i].text);
}

void wordings_free(struct wordings *wordings)
{
	for (size_t i = 0; i < wordings->n; i++) {
		for (size_t k = 0; k < wordings->list[i].n; k++) {
			free(wordings->list[i].in[k].language);
			free(wordings->list[i].in[k].text);
		}
		free(wordings->list[i].in);
	}
	free(wordings->list);
	*wordings = (struct wordings){ 0 };
}
