#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "conversion.h"
#include "saying.h"
#include "text.h"
#include "translate.h"

/* ---- in words ---- */

static char *words_of(const struct saying *saying, bool processes);

/* "thread" → "process", "threads" → "processes"; not in pthread_mutex_t, not in thread-local. */
static char *of_processes_english(const char *words)
{
	struct text text = { 0 };
	for (const char *at = words; *at != '\0';) {
		bool word = strncmp(at, "thread", 6) == 0 && (at == words || !isalnum((unsigned char)at[-1]));
		size_t length = word ? 6 + (at[6] == 's') : 1;
		if (word && at[length] != '-' && at[length] != '_')
			text_add(&text, length == 7 ? "processes" : "process");
		else
			text_append(&text, at, length);
		at += length;
	}
	return text_take(&text);
}

/* The other word for threads, in the reader's language. */
static char *of_processes(const char *words)
{
	if (strcmp(_("thread"), "thread") == 0)
		return of_processes_english(words);
	char *many = text_replaced(words, _("threads"), _("processes"));
	char *all = text_replaced(many, _("thread"), _("process"));
	free(many);
	return all;
}

static char *template_of(const struct saying_part *part, bool processes)
{
	const char *english = saying_template(part);
	const char *known = part->many != NULL ? ngettext(english, part->many, part->count) : gettext(english);
	return processes ? of_processes(known) : xstrdup(known);
}

/* Fills a template in, whose conversions may be numbered. */
static char *fill(const char *template, char *const *values, size_t n)
{
	struct text text = { 0 };
	size_t next = 0;
	for (const char *at = template; *at != '\0';) {
		size_t plain = strcspn(at, "%");
		text_append(&text, at, plain);
		at += plain;
		if (*at == '\0')
			break;
		struct conversion conversion = conversion_at(at);
		size_t which = conversion.number > 0 ? conversion.number - 1 : next;
		next += conversion.kind != '%' && conversion.number == 0;
		if (conversion.kind == '%')
			text_add(&text, "%");
		else if (which < n)
			text_add(&text, values[which]);
		at += conversion.length;
	}
	return text_take(&text);
}

/* Whether a sentence begins with a name of the program's, which is written as it is: "lock->held", "wait()". */
static bool is_name(const char *text)
{
	size_t letters = strspn(text, "abcdefghijklmnopqrstuvwxyz-'");
	return text[letters] != ' ' && text[letters] != ',' && text[letters] != ':' && text[letters] != '.' &&
	       text[letters] != '\0';
}

static char *with_capital_and_stop(const char *words)
{
	size_t length = strlen(words);
	bool ended = length > 0 && strchr(".!?", words[length - 1]) != NULL;
	char *text = xasprintf("%s%s", words, ended ? "" : ".");
	if (text[0] >= 'a' && text[0] <= 'z' && !is_name(text))
		text[0] = (char)(text[0] - 'a' + 'A');
	return text;
}

/* Whether it is one sentence, and known in the reader's language. */
static bool has_translation(const struct saying *saying)
{
	const char *english = saying->n == 1 ? saying_template(&saying->part[0]) : NULL;
	return english != NULL && (strcmp(LANGUAGE_TAG, "en") == 0 || strcmp(gettext(english), english) != 0);
}

static char *words_of_workload(const struct saying *saying, bool processes)
{
	char *words = words_of(saying, processes);
	if (words[0] != '\0') {
		const char *known = gettext(words);
		text_replace(&words, processes ? of_processes(known) : xstrdup(known));
	}
	return words;
}

/* What is no template: a way to say what is inside. NULL: it is one. */
static char *words_inside(const struct saying_part *part, bool processes)
{
	char *words, *text;
	if (part->words != NULL || part->n == 0)
		return NULL;
	switch (part->id) {
	case SAID_OF_PROCESSES:
		return words_of(&part->argument[0], true);
	case SAID_WORKLOAD:
		return words_of_workload(&part->argument[0], processes);
	case SAID_RATHER:
		return words_of(&part->argument[part->n > 1 && !has_translation(&part->argument[0]) ? 1 : 0],
				processes);
	case SAID_SENTENCE:
		words = words_of(&part->argument[0], processes);
		text = with_capital_and_stop(words);
		free(words);
		return text;
	default:
		return NULL;
	}
}

static char *words_of_sentence(const struct saying_part *part, bool processes)
{
	char *words = words_inside(part, processes), **values;
	if (words != NULL)
		return words;
	values = xcalloc(part->n + 1, sizeof(*values));
	for (size_t i = 0; i < part->n; i++)
		values[i] = words_of(&part->argument[i], processes);
	char *template = template_of(part, processes);
	words = fill(template, values, part->n);
	free(template);
	for (size_t i = 0; i < part->n; i++)
		free(values[i]);
	free(values);
	return words;
}

static char *words_of(const struct saying *saying, bool processes)
{
	struct text text = { 0 };
	for (size_t i = 0; i < saying->n; i++) {
		const struct saying_part *part = &saying->part[i];
		char *words = part->sentence ? words_of_sentence(part, processes) : NULL;
		text_add(&text, words != NULL ? words : part->words);
		free(words);
	}
	return text_take(&text);
}

char *said_text(const char *said)
{
	struct saying saying;
	saying_read(&saying, said);
	char *words = words_of(&saying, false);
	saying_free(&saying);
	return words;
}
