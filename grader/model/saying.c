#include "saying.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

enum { ARGUMENTS_MAX = 8, DEPTH_MAX = 8 };

/* ---- parts ---- */

struct saying_part *saying_add(struct saying *saying)
{
	saying->part = xrealloc(saying->part, (saying->n + 1) * sizeof(*saying->part));
	saying->part[saying->n] = (struct saying_part){ .id = SAID_COUNT };
	return &saying->part[saying->n++];
}

struct saying *saying_add_argument(struct saying_part *part)
{
	part->argument = xrealloc(part->argument, (part->n + 1) * sizeof(*part->argument));
	part->argument[part->n] = (struct saying){ 0 };
	return &part->argument[part->n++];
}

void saying_free(struct saying *saying)
{
	for (size_t i = 0; i < saying->n; i++) {
		struct saying_part *part = &saying->part[i];
		for (size_t k = 0; k < part->n; k++)
			saying_free(&part->argument[k]);
		free(part->argument);
		free(part->words);
		free(part->many);
	}
	free(saying->part);
	*saying = (struct saying){ 0 };
}

const char *saying_template(const struct saying_part *part)
{
	if (!part->sentence)
		return NULL;
	return part->words != NULL ? part->words : said_template(part->id);
}

void saying_visit(struct saying *saying, void (*visit)(struct saying_part *part, void *context), void *context)
{
	for (size_t i = 0; i < saying->n; i++) {
		struct saying_part *part = &saying->part[i];
		if (!part->sentence)
			continue;
		visit(part, context);
		for (size_t k = 0; k < part->n; k++)
			saying_visit(&part->argument[k], visit, context);
	}
}

/* ---- read ---- */

static const char *read_parts(struct saying *saying, const char *at, unsigned depth, bool inside);

/* "12", or a template, or two of them and the number that decides: "%u step\4%u steps\4" "3". */
static void read_head(struct saying_part *part, const char *begin, size_t length)
{
	char *head = xstrndup(begin, length), *many = strchr(head, '\4'), *end;
	unsigned long id = strtoul(head, &end, 10);
	part->sentence = true;
	if (end != head && *end == '\0') {
		part->id = id < SAID_COUNT ? (enum said)id : SAID_UNKNOWN;
		free(head);
		return;
	}
	if (many != NULL)
		*many++ = '\0';
	/* "" is a catalogue's head. */
	part->id = head[0] == '\0' ? SAID_UNKNOWN : SAID_COUNT;
	part->words = head[0] == '\0' ? NULL : xstrdup(head);
	if (many != NULL && part->words != NULL) {
		char *count = strchr(many, '\4');
		part->count = count != NULL ? strtoul(count + 1, NULL, 10) : 0;
		part->many = count != NULL ? xstrndup(many, (size_t)(count - many)) : xstrdup(many);
	}
	free(head);
}

static const char *read_sentence(struct saying_part *part, const char *at, unsigned depth)
{
	size_t length = strcspn(at, "\1\2\3");
	read_head(part, at, length);
	at += length;
	while (*at == 2) {
		struct saying beyond = { 0 }, *argument = part->n < ARGUMENTS_MAX ? saying_add_argument(part) : &beyond;
		at = read_parts(argument, at + 1, depth + 1, true);
		saying_free(&beyond);
	}
	return *at == 3 ? at + 1 : at;
}

static const char *read_parts(struct saying *saying, const char *at, unsigned depth, bool inside)
{
	while (*at != '\0' && !(inside && (*at == 2 || *at == 3))) {
		if (*at == 1 && depth < DEPTH_MAX) {
			at = read_sentence(saying_add(saying), at + 1, depth);
		} else if ((unsigned char)*at <= 4) {
			at++;
		} else {
			size_t length = strcspn(at, "\1\2\3\4");
			saying_add(saying)->words = xstrndup(at, length);
			at += length;
		}
	}
	return at;
}

void saying_read(struct saying *saying, const char *said)
{
	*saying = (struct saying){ 0 };
	read_parts(saying, said, 0, false);
}

enum said said_what(const char *said)
{
	struct saying saying;
	enum said what = SAID_COUNT;
	saying_read(&saying, said);
	for (const struct saying *at = &saying; at->n == 1 && at->part->sentence; at = &at->part->argument[0]) {
		what = at->part->id;
		if ((what != SAID_SEEN_ONCE && what != SAID_OF_PROCESSES) || at->part->n == 0)
			break;
	}
	saying_free(&saying);
	return what;
}

/* ---- written ---- */

static void write_parts(struct text *text, const struct saying *saying)
{
	for (size_t i = 0; i < saying->n; i++) {
		const struct saying_part *part = &saying->part[i];
		if (!part->sentence) {
			text_add(text, part->words);
			continue;
		}
		text_add(text, "\1");
		if (part->words == NULL)
			text_printf(text, "%u", part->id);
		else if (part->many != NULL)
			text_printf(text, "%s\4%s\4%lu", part->words, part->many, part->count);
		else
			text_add(text, part->words);
		for (size_t k = 0; k < part->n; k++) {
			text_add(text, "\2");
			write_parts(text, &part->argument[k]);
		}
		text_add(text, "\3");
	}
}

char *saying_written(const struct saying *saying)
{
	struct text text = { 0 };
	write_parts(&text, saying);
	return text_take(&text);
}
