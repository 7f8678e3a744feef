#include "interleaving.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "text.h"
#include "translate.h"

enum { COLUMN_LEAST = 34, COLUMN_GAP = 2, INDENT = 6, PLACE_LEAST = 22, STAIR_LEAST = 12 };

/* A number as a reader expects it: small ones in decimal; flags and addresses in hexadecimal. */
static void add_number(struct text *text, uint64_t value)
{
	int64_t number = (int64_t)value;
	if (number > -0x10000 && number < 0x10000)
		text_printf(text, "%" PRId64, number);
	else if (number >= INT32_MIN && number < 0)
		text_printf(text, "0x%" PRIx32, (uint32_t)value);
	else
		text_printf(text, "0x%" PRIx64, value);
}

static void add_name(struct text *text, const char *name)
{
	char *safe = escape_terminal(name != NULL ? name : _("memory"), false);
	text_add(text, safe);
	free(safe);
}

static void add_value(struct text *text, uint64_t value, const char *name)
{
	if (name != NULL)
		add_name(text, name);
	else
		add_number(text, value);
}

/* "lock->flag[1]" as "flag[1]", also as what a call is about: a pointer of more than a letter is the only one. */
static char *shortened(const char *name)
{
	const char *arrow = strstr(name, "->"), *begin = arrow;
	while (begin != NULL && begin > name && (isalnum((unsigned char)begin[-1]) || begin[-1] == '_'))
		begin--;
	return begin != NULL && arrow - begin > 1 ? xasprintf("%.*s%s", (int)(begin - name), name, arrow + strlen("->"))
						  : xstrdup(name);
}

static char *shortened_or_null(const char *name)
{
	return name != NULL ? shortened(name) : NULL;
}

/* The step with what a narrow page leaves of its names. The caller owns these, and nothing else. */
static struct step with_short_names(const struct step *step)
{
	struct step copy = *step;
	copy.variable = shortened_or_null(step->variable);
	copy.value_name = shortened_or_null(step->value_name);
	copy.stored_name = shortened_or_null(step->stored_name);
	copy.newest_name = shortened_or_null(step->newest_name);
	copy.note = shortened_or_null(step->note);
	return copy;
}

static void free_short_names(struct step *copy)
{
	free(copy->variable);
	free(copy->value_name);
	free(copy->stored_name);
	free(copy->newest_name);
	free(copy->note);
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
	add_value(text, step->value, step->value_name);
	text_printf(text, " %s ", arrow);
	add_value(text, step->stored, step->stored_name);
}

static void add_stale(struct text *text, const struct step *step)
{
	if (!step->has_newest)
		return;
	struct text number = { 0 };
	add_value(&number, step->newest, step->newest_name);
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
	} else if (writes && !(step->has_stored && step->has_value)) {
		add_name(text, step->variable);
		text_printf(text, " %s ", from);
		if (step->has_stored)
			add_value(text, step->stored, step->stored_name);
		else
			add_value(text, step->value, step->value_name);
	} else if (step->has_stored) {
		add_change(text, step, to);
	} else {
		if (step->has_value) {
			add_name(text, step->variable);
			text_printf(text, " %s ", to);
			add_value(text, step->value, step->value_name);
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
	if (text->length != strspn(text->data != NULL ? text->data : "", " "))
		text_add(text, "  ");
	add_name(text, step->note);
}

/* What those who are inside do, of kinds of plugin that are no locks. */
static bool has_own_words(const struct step *step)
{
	return step->note != NULL && (is(step, "enter") || is(step, "enter-shared") || is(step, "leave"));
}

/* "get() → C" */
static void add_return(struct text *text, const struct step *step, const struct report_style *style)
{
	if (step->note == NULL) {
		add_named(text, _("%s() returns"), step->variable);
		return;
	}
	add_name(text, step->variable);
	text_printf(text, "() %s ", style->utf8 ? "→" : "->");
	add_name(text, step->note);
}

static char *whole_step(const struct step *step, const struct report_style *style)
{
	struct text text = { 0 };
	bool inner = true;
	if (is(step, "request") || (is(step, "return") && step->note == NULL && !step->culprit))
		return NULL;
	if (is(step, "call") || is(step, "return") || is(step, "enter") || is(step, "enter-shared") ||
	    is(step, "leave") || is(step, "finished"))
		inner = false;
	if (inner)
		text_add(&text, "  ");
	if (is(step, "call"))
		text_printf(&text, "%s(%s)", step->variable != NULL ? step->variable : "",
			    step->note != NULL ? step->note : "");
	else if (is(step, "return"))
		add_return(&text, step, style);
	else if (has_own_words(step))
		add_name(&text, step->note);
	else if (is(step, "enter") || is(step, "enter-shared"))
		text_add(&text, is(step, "enter") ? _("in the critical section") : _("inside, shared"));
	else if (is(step, "leave"))
		text_add(&text, _("leaves the critical section"));
	else if (is(step, "finished"))
		text_add(&text, _("done"));
	else if (is(step, "fence"))
		text_add(&text, _("fence"));
	else if (is(step, "waits"))
		text_add(&text, _("waits for ever"));
	else if (is_access(step))
		add_access(&text, step, style);
	/* What it waits in is told by the step before. */
	if (!is(step, "waits") && !is(step, "call") && !is(step, "return") && !has_own_words(step))
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

char *interleaving_step(const struct step *step, const struct report_style *style)
{
	if (!style->short_names)
		return whole_step(step, style);
	struct step copy = with_short_names(step);
	char *text = whole_step(&copy, style);
	free_short_names(&copy);
	return text;
}

/* ---- on the page ---- */

/* How rows are put on the page. Columns: each thread has one of its own. Stairs: a thread's rows begin further to the
 * right than those of the thread before, and may run below the next one's head. List: numbered sentences. */
enum shape { SHAPE_COLUMNS, SHAPE_STAIRS, SHAPE_LIST };

struct layout {
	enum shape shape;
	unsigned text_width; /* of the widest row that has a place; what has one is aligned to it */
	unsigned step;       /* from where a thread's rows begin to where the next one's do */
};

static unsigned width_of(const char *text)
{
	return (unsigned)escape_columns(text);
}

static unsigned widest(const struct rows *rows, unsigned text_width)
{
	unsigned most = 0;
	for (size_t i = 0; i < rows->n; i++) {
		const struct row *row = &rows->row[i];
		unsigned width = row->across ? 0 : width_of(row->text);
		if (row->place[0] != '\0' && !row->across)
			width = (width > text_width ? width : text_width) + COLUMN_GAP + width_of(row->place);
		if (width > most)
			most = width;
	}
	return most;
}

/* The rows in as many columns as the page has, if they fit. */
static struct layout lay_out(const struct rows *rows, const struct report_style *style)
{
	struct layout layout = { .shape = SHAPE_LIST };
	unsigned page = report_columns(style) - INDENT, width, others = rows->threads > 0 ? rows->threads - 1 : 0;
	if (style->plain)
		return layout;
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->row[i].place[0] != '\0' && !rows->row[i].across &&
		    width_of(rows->row[i].text) > layout.text_width)
			layout.text_width = width_of(rows->row[i].text);
	}
	if (layout.text_width < PLACE_LEAST)
		layout.text_width = PLACE_LEAST;
	width = widest(rows, layout.text_width);
	if (width < COLUMN_LEAST)
		width = COLUMN_LEAST;
	if ((width + COLUMN_GAP) * others + width <= page) {
		layout.shape = SHAPE_COLUMNS;
		layout.step = width + COLUMN_GAP;
		return layout;
	}
	for (int aligned = 1; aligned >= 0 && others > 0; aligned--) {
		if (!aligned)
			layout.text_width = 0;
		width = widest(rows, layout.text_width);
		if (width <= page && (page - width) / others >= STAIR_LEAST) {
			layout.shape = SHAPE_STAIRS;
			layout.step = (page - width) / others;
			break;
		}
	}
	return layout;
}

static void print_head(FILE *out, const struct layout *layout, unsigned threads)
{
	if (layout->shape == SHAPE_LIST)
		return;
	fprintf(out, "%*s", INDENT, "");
	for (unsigned thread = 0; thread < threads; thread++) {
		char *name = xasprintf(_("thread %u"), thread);
		bool last = thread + 1 == threads;
		fprintf(out, "%s%*s", name, last ? 0 : escape_padding(name, layout->step), "");
		free(name);
	}
	fputc('\n', out);
}

static void print_row(FILE *out, const struct layout *layout, const struct row *row)
{
	unsigned before = INDENT + row->thread * layout->step, width = width_of(row->text);
	unsigned gap = COLUMN_GAP + (width < layout->text_width ? layout->text_width - width : 0);
	fprintf(out, "%*s%s", (int)before, "", row->text);
	if (row->place[0] != '\0')
		fprintf(out, "%*s%s", (int)gap, "", row->place);
	fputc('\n', out);
}

static void print_across(FILE *out, const struct report_style *style, const struct row *row)
{
	char *line = xasprintf("%s  %s", row->text, row->place);
	report_wrap(out, style, INDENT, INDENT, line);
	free(line);
}

/* What thread %u does to what follows, as the head of an item; a colon stands for what the item says itself. */
static const char *item_head(const struct counterexample *counterexample, const struct row *row)
{
	const struct step *step = &counterexample->steps[row->first];
	if (row->first != row->last)
		return _("%3zu. thread %u: ");
	if (is(step, "call"))
		return _("%3zu. thread %u calls ");
	/* Of an access without a value the item is a sentence. */
	if (!is_access(step) || (!step->has_stored && !step->has_value))
		return _("%3zu. thread %u: ");
	if (is(step, "store") || is(step, "write"))
		return _("%3zu. thread %u writes ");
	return step->has_stored ? _("%3zu. thread %u changes ") : _("%3zu. thread %u reads ");
}

/* "  3. thread 1 reads locked → 0 (line 16)" */
static void print_item(FILE *out, const struct report_style *style, const struct counterexample *counterexample,
		       const struct row *row, size_t number)
{
	char *head =
	    row->across ? xasprintf("%3zu. ", number) : xasprintf(item_head(counterexample, row), number, row->thread);
	char *tail = row->place[0] != '\0' ? xasprintf(" (%s)", row->place) : xstrdup("");
	char *line = xasprintf("%s%s%s", head, row->text + strspn(row->text, " "), tail);
	report_wrap(out, style, INDENT, INDENT + width_of(head), line);
	free(line);
	free(tail);
	free(head);
}

/* The rows in the fewest lines that the page has columns for; if it has none for any, in stairs or a list. */
static struct rows rows_that_fit(const struct report_style *style, const struct counterexample *counterexample,
				 struct layout *layout)
{
	static const struct {
		bool joined, shortened;
	} tries[] = { { true, false }, { true, true }, { false, false }, { true, true } };
	struct rows rows = { 0 };
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		struct report_style as = *style;
		as.joined = tries[i].joined && !style->verbose && !style->plain;
		as.short_names = tries[i].shortened && !style->plain;
		rows_free(&rows);
		rows = rows_create(counterexample, &as);
		*layout = lay_out(&rows, style);
		if (layout->shape == SHAPE_COLUMNS)
			break;
	}
	return rows;
}

void interleaving_print(FILE *out, const struct report_style *style, const struct counterexample *counterexample)
{
	struct layout layout;
	struct rows rows = rows_that_fit(style, counterexample, &layout);
	bool cycle = counterexample->cycle_end > counterexample->cycle_begin, begun = false, ended = false;
	if (counterexample->only_weak)
		report_wrap(out, style, INDENT, INDENT,
			    _("(only under C11's memory model; right if every access were sequentially consistent)"));
	fputc('\n', out);
	print_head(out, &layout, rows.threads);
	for (size_t i = 0; i < rows.n; i++) {
		if (cycle && !begun && rows.row[i].last >= counterexample->cycle_begin) {
			fprintf(out, "%*s%s %s\n", INDENT, "", style->utf8 ? "┌" : "/", _("from here, for ever:"));
			begun = true;
		}
		if (cycle && begun && !ended && rows.row[i].first >= counterexample->cycle_end) {
			fprintf(out, "%*s%s %s\n", INDENT, "", style->utf8 ? "└" : "\\", _("and again"));
			ended = true;
		}
		if (layout.shape == SHAPE_LIST)
			print_item(out, style, counterexample, &rows.row[i], i + 1);
		else if (rows.row[i].across)
			print_across(out, style, &rows.row[i]);
		else
			print_row(out, &layout, &rows.row[i]);
	}
	if (begun && !ended)
		fprintf(out, "%*s%s %s\n", INDENT, "", style->utf8 ? "└" : "\\", _("and again"));
	fputc('\n', out);
	rows_free(&rows);
}

char *interleaving_text(const struct report_style *style, const struct counterexample *counterexample)
{
	struct report_style plain = { .utf8 = style->utf8 };
	char *text = NULL;
	size_t length = 0;
	FILE *memory = counterexample != NULL ? open_memstream(&text, &length) : NULL;
	if (memory == NULL)
		return NULL;
	interleaving_print(memory, &plain, counterexample);
	fclose(memory);
	return text;
}
