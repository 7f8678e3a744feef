#include "interleaving.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "translate.h"

enum { COLUMN_LEAST = 34, COLUMN_GAP = 2, INDENT = 6, PLACE_LEAST = 22 };

/* A number as a reader expects it: small ones in decimal, addresses in hexadecimal. */
static void add_number(struct text *text, uint64_t value)
{
	int64_t number = (int64_t)value;
	if (number > -1000000 && number < 100000000)
		text_printf(text, "%" PRId64, number);
	else
		text_printf(text, "0x%" PRIx64, value);
}

static void add_name(struct text *text, const char *name)
{
	char *safe = escape_terminal(name != NULL ? name : _("memory"), false);
	text_add(text, safe);
	free(safe);
}

/* `sentence` has one %s. */
static void add_named(struct text *text, const char *sentence, const char *name)
{
	struct text safe = { 0 };
	add_name(&safe, name);
	char *said = text_replaced(sentence, "%s", safe.data);
	text_add(text, said);
	free(said);
	text_free(&safe);
}

static void add_change(struct text *text, const struct step *step, const char *arrow)
{
	add_name(text, step->variable);
	text_add(text, ": ");
	add_number(text, step->value);
	text_printf(text, " %s ", arrow);
	add_number(text, step->stored);
}

static void add_stale(struct text *text, const struct step *step)
{
	if (!step->has_newest)
		return;
	struct text number = { 0 };
	add_number(&number, step->newest);
	text_add(text, "  ");
	text_printf(text, _("stale: thread %u wrote %s"), step->newest_thread, number.data);
	text_free(&number);
}

static bool is(const struct step *step, const char *op)
{
	return strcmp(step->op, op) == 0;
}

static bool is_access(const struct step *step)
{
	return is(step, "load") || is(step, "store") || is(step, "read") || is(step, "write") || is(step, "exchange") ||
	       is(step, "fetch") || is(step, "compare-exchange") || is(step, "compare-exchange-failed");
}

static void add_access(struct text *text, const struct step *step, const struct report_style *style)
{
	const char *to = style->utf8 ? "→" : "->", *from = style->utf8 ? "←" : "<-";
	bool writes = is(step, "store") || is(step, "write");
	if (writes && !step->has_stored && !step->has_value) {
		add_named(text, _("%s is written"), step->variable);
	} else if (writes) {
		add_name(text, step->variable);
		text_printf(text, " %s ", from);
		add_number(text, step->has_stored ? step->stored : step->value);
	} else if (step->has_stored) {
		add_change(text, step, to);
	} else {
		if (step->has_value) {
			add_name(text, step->variable);
			text_printf(text, " %s ", to);
			add_number(text, step->value);
		} else {
			add_named(text, _("%s is read"), step->variable);
		}
	}
	if (is(step, "compare-exchange-failed"))
		text_printf(text, " %s", _("(not exchanged)"));
}

static void add_note(struct text *text, const struct step *step)
{
	if (step->note == NULL)
		return;
	if (text->length != 0)
		text_add(text, "  ");
	add_name(text, step->note);
}

char *interleaving_step(const struct step *step, const struct report_style *style)
{
	struct text text = { 0 };
	bool inner = true;
	if (is(step, "return") || is(step, "request"))
		return NULL;
	if (is(step, "call") || is(step, "enter") || is(step, "enter-shared") || is(step, "leave") ||
	    is(step, "finished"))
		inner = false;
	if (inner)
		text_add(&text, "  ");
	if (is(step, "call"))
		text_printf(&text, "%s()", step->variable != NULL ? step->variable : "");
	else if (is(step, "enter") || is(step, "enter-shared"))
		text_add(&text, is(step, "enter") ? _("in the critical section") : _("inside, shared"));
	else if (is(step, "leave"))
		text_add(&text, _("leaves the critical section"));
	else if (is(step, "finished"))
		text_add(&text, _("done"));
	else if (is(step, "fence"))
		text_add(&text, _("fence"));
	else if (is_access(step))
		add_access(&text, step, style);
	add_note(&text, step);
	if (step->repeat > 1) {
		text_add(&text, "  ");
		text_printf(&text, _("spins %u %s"), step->repeat, style->utf8 ? "×" : "x");
	}
	add_stale(&text, step);
	if (step->culprit)
		text_printf(&text, "  %s", style->utf8 ? "✗" : _("<== here"));
	return text_take(&text);
}

/* Columns that a string takes on the terminal. */
static unsigned width_of(const char *text)
{
	return (unsigned)escape_columns(text);
}

enum { FILE_COLUMNS = 14 };

/* "peterson.c:14"; of a file with a long name only the line, for the columns' sake. */
static char *place_of_step(const struct step *step)
{
	if (step->place.file == NULL || !(is_access(step) || is(step, "fence") || is(step, "library")))
		return xstrdup("");
	bool is_long = width_of(step->place.file) > FILE_COLUMNS;
	char *raw = is_long ? xasprintf(_("line %u"), step->place.line)
			    : xasprintf("%s:%u", step->place.file, step->place.line);
	char *safe = escape_terminal(raw, false);
	free(raw);
	return safe;
}

struct layout {
	unsigned threads;
	unsigned text_width; /* of the widest step that has a place */
	unsigned column_width;
};

static struct layout lay_out(const struct counterexample *counterexample, const struct report_style *style)
{
	struct layout layout = { .column_width = COLUMN_LEAST, .text_width = PLACE_LEAST };
	for (size_t i = 0; i < counterexample->n_steps; i++) {
		const struct step *step = &counterexample->steps[i];
		char *text = interleaving_step(step, style), *place = place_of_step(step);
		if (text != NULL && step->thread + 1 > layout.threads)
			layout.threads = step->thread + 1;
		if (text != NULL && place[0] != '\0' && width_of(text) > layout.text_width)
			layout.text_width = width_of(text);
		free(text);
		free(place);
	}
	for (size_t i = 0; i < counterexample->n_steps; i++) {
		char *text = interleaving_step(&counterexample->steps[i], style);
		char *place = place_of_step(&counterexample->steps[i]);
		unsigned width = text == NULL       ? 0
				 : place[0] != '\0' ? layout.text_width + 2 + width_of(place)
						    : width_of(text);
		if (width > layout.column_width)
			layout.column_width = width;
		free(text);
		free(place);
	}
	return layout;
}

static void print_head(FILE *out, const struct layout *layout)
{
	fprintf(out, "%*s", INDENT, "");
	for (unsigned thread = 0; thread < layout->threads; thread++) {
		char *name = xasprintf(_("thread %u"), thread);
		bool last = thread + 1 == layout->threads;
		fprintf(out, "%s%*s", name, last ? 0 : escape_padding(name, layout->column_width + COLUMN_GAP), "");
		free(name);
	}
	fputc('\n', out);
}

static void print_step(FILE *out, const struct layout *layout, const struct step *step, const char *text)
{
	char *place = place_of_step(step);
	unsigned before = INDENT + step->thread * (layout->column_width + COLUMN_GAP);
	fprintf(out, "%*s%s", (int)before, "", text);
	if (place[0] != '\0')
		fprintf(out, "%*s%s", (int)(layout->text_width - width_of(text) + 2), "", place);
	fputc('\n', out);
	free(place);
}

void interleaving_print(FILE *out, const struct report_style *style, const struct counterexample *counterexample)
{
	struct layout layout = lay_out(counterexample, style);
	bool cycle = counterexample->cycle_end > counterexample->cycle_begin;
	if (counterexample->only_weak)
		fprintf(out, "%*s%s\n", INDENT, "",
			_("(only under C11's memory model; right if every access were sequentially consistent)"));
	fputc('\n', out);
	print_head(out, &layout);
	for (size_t i = 0; i < counterexample->n_steps; i++) {
		char *text = interleaving_step(&counterexample->steps[i], style);
		if (cycle && i == counterexample->cycle_begin)
			fprintf(out, "%*s%s %s\n", INDENT, "", style->utf8 ? "┌" : "/", _("from here, for ever:"));
		if (text != NULL)
			print_step(out, &layout, &counterexample->steps[i], text);
		if (cycle && i + 1 == counterexample->cycle_end)
			fprintf(out, "%*s%s %s\n", INDENT, "", style->utf8 ? "└" : "\\", _("and again"));
		free(text);
	}
	fputc('\n', out);
}
