#include "rows.h"

#include <stdlib.h>
#include <string.h>

#include "interleaving.h"
#include "source.h"
#include "text.h"
#include "translate.h"

enum { FILE_COLUMNS = 14 };

static bool is(const struct step *step, const char *op)
{
	return strcmp(step->op, op) == 0;
}

static bool has_place(const struct step *step)
{
	return step->place.file != NULL && !is(step, "call") && !is(step, "return") && !is(step, "request") &&
	       !is(step, "enter") && !is(step, "enter-shared") && !is(step, "leave") && !is(step, "finished");
}

/* The end of a name that takes so many columns at most. */
static const char *end_of_name(const char *name, unsigned columns)
{
	while (escape_columns(name) > columns) {
		do
			name++;
		while (((unsigned char)*name & 0xc0) == 0x80);
	}
	return name;
}

/* "stock.h:47". Of a source file with a long name only the line where the plugin is being called, for the columns'
 * sake; any other keeps the end of its name, or its line would be taken for one of the submission. */
static char *place_of(const struct step *step, const struct report_style *style, bool inside)
{
	if (!has_place(step))
		return xstrdup("");
	const char *file = step->place.file, *dots = style->utf8 ? "…" : "..";
	unsigned line = step->place.line;
	char *raw;
	if (escape_columns(file) <= FILE_COLUMNS)
		raw = xasprintf("%s:%u", file, line);
	else if (inside && source_is_source(file))
		raw = xasprintf(_("line %u"), line);
	else
		raw = xasprintf("%s%s:%u", dots, end_of_name(file, FILE_COLUMNS - 2), line);
	char *safe = escape_terminal(raw, false);
	free(raw);
	return safe;
}

/* ---- what may be folded ---- */

/* For each step, whether its thread is inside of an operation of the plugin then; the call and the return are. */
static bool *inside_of(const struct counterexample *counterexample)
{
	bool *inside = xcalloc(counterexample->n_steps + 1, sizeof(*inside));
	for (size_t i = 0; i < counterexample->n_steps; i++) {
		const struct step *step = &counterexample->steps[i];
		bool before = false;
		for (size_t k = i; k-- > 0;) {
			if (counterexample->steps[k].thread == step->thread) {
				before = inside[k] && !is(&counterexample->steps[k], "return");
				break;
			}
		}
		inside[i] = before || is(step, "call");
	}
	return inside;
}

static bool in_cycle(const struct counterexample *counterexample, size_t i)
{
	return i >= counterexample->cycle_begin && i < counterexample->cycle_end;
}

static bool is_culprit_or_cycle(const struct counterexample *counterexample, size_t i)
{
	return counterexample->steps[i].culprit || in_cycle(counterexample, i);
}

/* The end of the run of workload's accesses by one thread that begins at step `i`. */
static size_t data_end(const struct counterexample *counterexample, const bool *inside, size_t i)
{
	size_t end = i;
	while (end < counterexample->n_steps && !inside[end] && has_place(&counterexample->steps[end]) &&
	       counterexample->steps[end].thread == counterexample->steps[i].thread &&
	       !is_culprit_or_cycle(counterexample, end))
		end++;
	return end;
}

/* A step that a reader has to see: a read that is stale, a wait, what ends one, a loop, what freed a block. */
static bool is_special(const struct step *step)
{
	static const char *const seen[] = { "wait", "timed", "try", "signal", "broadcast", "notify", "post", "wake" };
	bool special = step->has_newest || step->repeat > 1 || is(step, "fence") || is(step, "note") ||
		       (is(step, "library") && step->context);
	for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]) && step->note != NULL && is(step, "library"); i++)
		special |= strcasestr(step->note, seen[i]) != NULL;
	return special;
}

/* The end of the whole, uninterrupted and ordinary call that begins at step `i`; `i`: there is none. */
static size_t call_end(const struct counterexample *counterexample, size_t i)
{
	const struct step *call = &counterexample->steps[i];
	if (!is(call, "call"))
		return i;
	for (size_t k = i; k < counterexample->n_steps; k++) {
		const struct step *step = &counterexample->steps[k];
		if (step->thread != call->thread || is_special(step) || is_culprit_or_cycle(counterexample, k))
			return i;
		if (is(step, "return"))
			return k + 1;
	}
	return i;
}

/* The step at which each thread begins its last call; n_steps: it makes none. */
static size_t last_call(const struct counterexample *counterexample, unsigned thread)
{
	size_t last = counterexample->n_steps;
	for (size_t i = 0; i < counterexample->n_steps; i++) {
		if (counterexample->steps[i].thread == thread && is(&counterexample->steps[i], "call"))
			last = i;
	}
	return last;
}

/* ---- making rows ---- */

static void add_row(struct rows *rows, unsigned thread, char *text, char *place, size_t first, size_t last)
{
	rows->row = xrealloc(rows->row, (rows->n + 1) * sizeof(*rows->row));
	rows->row[rows->n++] =
	    (struct row){ .thread = thread, .text = text, .place = place, .first = first, .last = last };
	if (thread + 1 > rows->threads)
		rows->threads = thread + 1;
}

static void add_data(struct rows *rows, const struct counterexample *counterexample, size_t first, size_t end)
{
	unsigned n = (unsigned)(end - first);
	char *text = xasprintf(ngettext("  %u step of the workload", "  %u steps of the workload", n), n);
	add_row(rows, counterexample->steps[first].thread, text, xstrdup(""), first, end - 1);
	rows->folded = true;
}

/* A whole call is "wait()"; the next one of the same thread, right after it, shares its row. */
static void add_call(struct rows *rows, const struct counterexample *counterexample, const struct report_style *style,
		     size_t first, size_t end)
{
	const struct step *call = &counterexample->steps[first], *back = &counterexample->steps[end - 1];
	struct row *before = rows->n > 0 ? &rows->row[rows->n - 1] : NULL;
	char *text = interleaving_step(back->note != NULL ? back : call, style);
	if (before != NULL && before->thread == call->thread && before->last + 1 == first &&
	    is(&counterexample->steps[before->first], "call") && before->last > before->first) {
		text_replace(&before->text, xasprintf("%s, %s", before->text, text));
		before->last = end - 1;
		free(text);
	} else {
		add_row(rows, call->thread, text, xstrdup(""), first, end - 1);
	}
	rows->folded = true;
}

/* Whether the call at step `i` shares its row with the step after it, that is with the first one inside of it. */
static bool joins(const struct counterexample *counterexample, size_t i)
{
	const struct step *call = &counterexample->steps[i], *next = call + 1;
	return is(call, "call") && i + 1 < counterexample->n_steps && next->thread == call->thread && has_place(next) &&
	       !is(next, "waits") && !call->culprit && in_cycle(counterexample, i) == in_cycle(counterexample, i + 1);
}

static void add_joined(struct rows *rows, const struct counterexample *counterexample, const struct report_style *style,
		       size_t first)
{
	const struct step *call = &counterexample->steps[first];
	char *text = interleaving_step(call, style), *step = interleaving_step(call + 1, style);
	add_row(rows, call->thread, xasprintf("%s  %s", text, step + strspn(step, " ")),
		place_of(call + 1, style, true), first, first + 1);
	free(step);
	free(text);
}

/* The end of those that wait for ever from step `i` on, if these are several. */
static size_t waiting_end(const struct counterexample *counterexample, size_t i)
{
	size_t end = i;
	while (end < counterexample->n_steps && is(&counterexample->steps[end], "waits") &&
	       counterexample->steps[end].culprit == counterexample->steps[i].culprit)
		end++;
	return end > i + 1 ? end : i;
}

/* "  threads 0, 2 wait for ever  ✗", "lines 21, 34" */
static void add_waiting(struct rows *rows, const struct counterexample *counterexample,
			const struct report_style *style, const bool *inside, size_t first, size_t end)
{
	struct text threads = { 0 }, lines = { 0 }, places = { 0 }, text = { 0 };
	const char *file = counterexample->steps[first].place.file;
	bool same_file = true;
	for (size_t i = first; i < end; i++) {
		const struct step *step = &counterexample->steps[i];
		char *place = place_of(step, style, inside[i]);
		same_file &=
		    inside[i] && step->place.file != NULL && file != NULL && strcmp(step->place.file, file) == 0;
		text_printf(&threads, i > first ? ", %u" : "%u", step->thread);
		text_printf(&lines, i > first ? ", %u" : "%u", step->place.line);
		text_printf(&places, i > first ? ", %s" : "%s", place);
		free(place);
	}
	text_add(&text, "  ");
	text_printf(&text, _("threads %s wait for ever"), threads.data);
	if (counterexample->steps[first].culprit)
		text_printf(&text, "  %s", style->utf8 ? "✗" : _("<== here"));
	add_row(rows, counterexample->steps[first].thread, text_take(&text),
		same_file ? xasprintf(_("lines %s"), lines.data) : xstrdup(places.data), first, end - 1);
	rows->row[rows->n - 1].across = true;
	text_free(&threads);
	text_free(&places);
	text_free(&lines);
}

static struct rows make(const struct counterexample *counterexample, const struct report_style *style,
			const bool *inside, bool fold_calls)
{
	struct rows rows = { 0 };
	for (size_t i = 0; i < counterexample->n_steps;) {
		const struct step *step = &counterexample->steps[i];
		size_t end = style->verbose ? i : data_end(counterexample, inside, i);
		if (end > i + 1) {
			add_data(&rows, counterexample, i, end);
			i = end;
			continue;
		}
		end = fold_calls && i < last_call(counterexample, step->thread) ? call_end(counterexample, i) : i;
		if (end > i) {
			add_call(&rows, counterexample, style, i, end);
			i = end;
			continue;
		}
		if (style->joined && joins(counterexample, i)) {
			add_joined(&rows, counterexample, style, i);
			i += 2;
			continue;
		}
		end = style->joined ? waiting_end(counterexample, i) : i;
		if (end > i) {
			add_waiting(&rows, counterexample, style, inside, i, end);
			i = end;
			continue;
		}
		char *text = interleaving_step(step, style);
		if (text != NULL)
			add_row(&rows, step->thread, text, place_of(step, style, inside[i]), i, i);
		i++;
	}
	return rows;
}

struct rows rows_create(const struct counterexample *counterexample, const struct report_style *style)
{
	struct report_style apart = *style;
	bool *inside = inside_of(counterexample);
	apart.joined = false;
	struct rows whole = make(counterexample, &apart, inside, false);
	bool fold_calls = whole.n > ROWS_WHOLE && !style->verbose;
	rows_free(&whole);
	struct rows rows = make(counterexample, style, inside, fold_calls);
	free(inside);
	return rows;
}

void rows_free(struct rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		free(rows->row[i].text);
		free(rows->row[i].place);
	}
	free(rows->row);
	*rows = (struct rows){ 0 };
}
