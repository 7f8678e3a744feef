#include <stdlib.h>
#include <string.h>

#include "bound_names.h"
#include "interleaving.h"
#include "schedule_text.h"
#include "text.h"
#include "text_plan.h"
#include "translate.h"

const char *text_mark(const struct page *page, enum report_look look)
{
	static const char *const utf8[LOOK_COUNT] = { "✓", "✗", "?", "!", "–", "i" };
	static const char *const ascii[LOOK_COUNT] = { "ok", "FAIL", "?", "ERR", "-", "i" };
	return page->style->utf8 ? utf8[look] : ascii[look];
}

static const char *status_words(enum check_status status)
{
	static const char *const words[] = { N_("pass"), N_("fail"), N_("inconclusive"), N_("error"),
					     N_("does not count") };
	return words[status];
}

static enum tone look_tone(enum report_look look)
{
	static const enum tone of[LOOK_COUNT] = { TONE_GOOD, TONE_BAD, TONE_DOUBT, TONE_DOUBT, TONE_DOUBT, TONE_DIM };
	return of[look];
}

void text_paint_mark(const struct page *page, enum report_look look)
{
	page_paint(page, look_tone(look), text_mark(page, look));
}

/* Whether the engine has looked at it with several numbers of threads. */
static bool looks_again(const struct check_result *check, enum engine_id engine)
{
	size_t n = 0;
	for (size_t i = 0; i < check->n_engines; i++)
		n += check->engines[i].engine == engine;
	return n > 1;
}

static void print_engine(const struct page *page, const struct check_result *check, const struct engine_result *engine)
{
	struct text line = { 0 };
	text_printf(&line, ngettext("%s: %s, %llu execution", "%s: %s, %llu executions", engine->executions),
		    engine_name(engine->engine), _(status_words(engine->status)),
		    (unsigned long long)engine->executions);
	if (looks_again(check, engine->engine))
		text_printf(&line, ngettext(", with %u thread", ", with %u threads", engine->threads), engine->threads);
	char *coverage = coverage_text(&engine->coverage);
	if (coverage != NULL && engine->status != STATUS_FAIL)
		text_printf(&line, _(", explored: %s"), coverage);
	free(coverage);
	char *bounds = bounds_text(engine->bounds);
	if (bounds != NULL && engine->status != STATUS_FAIL)
		text_printf(&line, _(", not looked beyond: %s"), bounds);
	free(bounds);
	if (engine->max_bypass >= 0)
		text_printf(&line, _(", at most %lld bypasses"), (long long)engine->max_bypass);
	text_printf(&line, _(", %llu ms"), (unsigned long long)engine->duration_ms);
	page_wrapped(page, TONE_DIM, 6, line.data);
	if (engine->status == STATUS_INCONCLUSIVE && engine->message != NULL)
		page_escaped(page, TONE_DIM, 8, engine->message);
	text_free(&line);
}

/* How to see the story, or to see it again. What another workload than the check's own shows is not found without its
 * schedule. */
static void print_replay(const struct page *page, const struct result *result, const struct check_result *check,
			 const char *label, bool with_schedule)
{
	enum { INDENT = 6 };
	char *submission = page_shell_word(result->submission), *id = escape_terminal(check->id, false);
	char *exercise = page_exercise_option(result);
	char *parts[] = { xasprintf("syncgrade replay %s%s", exercise, submission), xasprintf("--check %s", id),
			  with_schedule || schedule_workload(check->counterexample->schedule) > 0
			      ? xasprintf("--schedule %s", check->counterexample->schedule)
			      : NULL,
			  NULL };
	page_command(page, INDENT, label, parts);
	for (size_t i = 0; parts[i] != NULL; i++)
		free(parts[i]);
	free(exercise);
	free(submission);
	free(id);
}

static void print_counterexample(const struct page *page, const struct result *result, const struct check_result *check)
{
	if (check->counterexample == NULL)
		return;
	interleaving_print(page->out, page->style, check->counterexample);
	print_replay(page, result, check, _("again:"), true);
}

bool text_partly_explored(const struct check_result *check)
{
	const struct coverage *coverage = check_coverage(check);
	return coverage != NULL && coverage->kind < COVERAGE_ALL && !check_is_remark(check) &&
	       (check->status == STATUS_PASS || check->status == STATUS_UNCOUNTED);
}

static void print_verbose(const struct page *page, const struct check_result *check)
{
	char *explored = text_partly_explored(check) ? report_explored(check) : NULL,
	     *requires = report_requires(check);
	if (explored != NULL)
		page_escaped(page, TONE_DIM, 6, explored);
	if (requires != NULL)
		page_escaped(page, TONE_DIM, 6, requires);
	free(explored);
	free(requires);
	for (size_t i = 0; i < check->n_engines; i++)
		print_engine(page, check, &check->engines[i]);
}

/* What stands beside the points, in a few words; NULL: nothing. The caller owns it. */
static char *beside(const struct result *result, const struct check_result *check, const struct plan *plan)
{
	if (check->status == STATUS_INCONCLUSIVE && plan->telling == TELL_AS)
		return xasprintf(_("as %s"), result->checks[plan->by].id);
	if (check->status == STATUS_INCONCLUSIVE)
		return xstrdup(_("could not be judged"));
	if (check->status == STATUS_UNCOUNTED && plan->telling == TELL_NOTHING && check->unmet != NULL)
		return xasprintf(_("needs %s"), check->unmet);
	if (check->status == STATUS_UNCOUNTED)
		return xstrdup(_("does not count"));
	if (check->status == STATUS_ERROR)
		return xstrdup(_("the grader's or the machine's fault, not yours"));
	return NULL;
}

static bool fits_beside(const struct page *page, const char *head, const char *note)
{
	enum { MARK_COLUMNS = 5 };
	return MARK_COLUMNS + escape_columns(head) + escape_columns(note) <= report_columns(page->style);
}

/* Where to read about it, beside the points, if that fits: then `told` becomes true. */
static void add_section(const struct page *page, struct text *head, const struct check_result *check, bool *told)
{
	char *handout = xasprintf(_("Handout: “%s”"), check->section), *safe = escape_terminal(handout, false);
	*told = fits_beside(page, head->data, safe);
	if (*told)
		text_printf(head, "  %s", safe);
	free(safe);
	free(handout);
}

static bool wants_section(const struct check_result *check, const struct plan *plan)
{
	bool told = plan->telling == TELL_WHOLE || plan->telling == TELL_SENTENCE;
	return told && check->section != NULL && !plan->without_section;
}

/* Its id and points. */
static void print_line(const struct page *page, const struct result *result, const struct check_result *check,
		       const struct plan *plan, bool *section_told)
{
	enum { ID_COLUMNS = 34, OTHER_COLUMNS = 14 };
	struct text head = { 0 };
	char *id = escape_terminal(check->id, false), *note = beside(result, check, plan);
	unsigned columns = report_columns(page->style) - OTHER_COLUMNS;
	fputs("  ", page->out);
	text_paint_mark(page, report_look(check));
	columns = columns < ID_COLUMNS ? columns : ID_COLUMNS;
	if (check_is_remark(check))
		text_printf(&head, " %-*s %s", (int)columns, id, _("remark"));
	else
		text_printf(&head, " %-*s %3u/%u", (int)columns, id, check->score, check->max_score);
	if (note != NULL) {
		char *safe = escape_terminal(note, false);
		text_printf(&head, fits_beside(page, head.data, safe) ? "  %s" : "\n      %s", safe);
		free(safe);
	} else if (wants_section(check, plan)) {
		add_section(page, &head, check, section_told);
	}
	fprintf(page->out, "%s\n", head.data);
	text_free(&head);
	free(note);
	free(id);
}

static void print_advice(const struct page *page, const struct check_result *check, const struct plan *plan,
			 const char *resembles, bool section_told)
{
	struct text said = { 0 };
	if (resembles != NULL) {
		char *known = xasprintf(_("A known mistake: %s."), resembles);
		page_escaped(page, TONE_PLAIN, 6, known);
		free(known);
	}
	if (check->hint != NULL && !plan->without_hint)
		text_printf(&said, _("Hint: %s"), check->hint);
	if (wants_section(check, plan) && !section_told) {
		text_add(&said, said.length > 0 ? " " : "");
		text_printf(&said, _("Handout: “%s”"), check->section);
	}
	if (said.length > 0)
		page_escaped(page, TONE_PLAIN, 6, said.data);
	text_free(&said);
}

/* What the check, or another that its story stands for, is known to resemble. */
static const char *resembles_of(const struct result *result, const struct plan *plans, size_t i)
{
	for (size_t k = 0; k < result->n_checks; k++) {
		const struct check_result *check = &result->checks[(i + k) % result->n_checks];
		bool of_this = plans == NULL ? k == 0 : plans[(i + k) % result->n_checks].by == i;
		if (of_this && check->resembles != NULL)
			return check->resembles;
	}
	return NULL;
}

static void print_check(const struct page *page, const struct result *result, const struct plan *plans, size_t i)
{
	const struct check_result *check = &result->checks[i];
	const struct plan *plan = &plans[i];
	bool section_told = false;
	print_line(page, result, check, plan, &section_told);
	if (plan->telling == TELL_AS || plan->telling == TELL_NOTHING)
		return;
	if (check->message != NULL && check->message[0] != '\0')
		page_escaped(page, TONE_PLAIN, 6, check->message);
	if (plan->telling == TELL_WHOLE)
		print_counterexample(page, result, check);
	else if (check->counterexample != NULL)
		print_replay(page, result, check, _("story:"), false);
	print_advice(page, check, plan, resembles_of(result, page->style->verbose ? NULL : plans, i), section_told);
	if (page->style->verbose)
		print_verbose(page, check);
}

/* ---- all of them ---- */

/* Where something fails, that is what the page is about, and what holds is a list. */
static void print_causes(const struct page *page, const struct result *result, const struct plan *plans)
{
	bool *told = xcalloc(result->n_checks + 1, sizeof(*told));
	for (size_t i = 0; i < result->n_checks; i++) {
		size_t cause = plans[i].by;
		bool is_told = plans[cause].telling == TELL_WHOLE || plans[cause].telling == TELL_SENTENCE;
		if (told[cause] || !is_told || result->checks[i].status != STATUS_FAIL ||
		    check_is_remark(&result->checks[i]))
			continue;
		told[cause] = true;
		print_check(page, result, plans, cause);
		text_list_because(page, result, plans, cause);
	}
	free(told);
	for (size_t i = 0; i < result->n_checks; i++) {
		const struct check_result *check = &result->checks[i];
		bool listed = check->status == STATUS_PASS || check->status == STATUS_INCONCLUSIVE ||
			      check->status == STATUS_FAIL || plans[i].telling == TELL_NOTHING;
		if (!listed && !check_is_remark(check))
			print_check(page, result, plans, i);
	}
	text_lists(page, result, plans);
}

void page_checks(const struct page *page, const struct result *result)
{
	struct plan *plans = text_plan(page, result);
	bool verbose = page->style->verbose, fails = text_any_fails(result);
	if (!verbose && fails)
		print_causes(page, result, plans);
	for (size_t i = 0; (verbose || !fails) && i < result->n_checks; i++) {
		if (verbose || !check_is_remark(&result->checks[i]))
			print_check(page, result, plans, i);
	}
	free(plans);
}
