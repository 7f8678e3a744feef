#include <stdlib.h>
#include <string.h>

#include "bound_names.h"
#include "causes.h"
#include "interleaving.h"
#include "rows.h"
#include "submitted.h"
#include "text.h"
#include "text_page.h"
#include "translate.h"

/* How much of a check is told. One cause is told once, and what has to be mended first comes first; --verbose tells all
 * of everything. */
enum telling {
	TELL_WHOLE,    /* with its story, if it has one */
	TELL_SENTENCE, /* without: the sentence has all of it, or another story comes first */
	TELL_AS,       /* another check's story stands for it: no more than its line */
	TELL_NOTHING   /* its line; where something else fails, it is one of a list */
};

/* The first cause is told with its story, and others as long as their stories have no more rows than this together: who
 * has mended these grades again. Further causes come without advice. */
enum { ROWS_MAX = 16, ADVICE_MAX = 3 };

struct plan {
	enum telling telling;
	size_t by;                        /* whose story stands for it; itself */
	const struct check_result *first; /* which has to be mended first; NULL: none */
	bool without_advice, without_section;
};

static const char *mark(const struct page *page, enum report_look look)
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

/* How to see the story, or to see it again. */
static void print_replay(const struct page *page, const struct result *result, const struct check_result *check,
			 const char *label, bool with_schedule)
{
	char *submission = escape_terminal(result->submission, false), *id = escape_terminal(check->id, false);
	char *exercise = page_exercise_option(result);
	char *parts[] = { xasprintf("syncgrade replay %s%s", exercise, submission), xasprintf("--check %s", id),
			  with_schedule ? xasprintf("--schedule %s", check->counterexample->schedule) : NULL, NULL };
	page_command(page, label, parts);
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
	if (check->hint != NULL || check->resembles != NULL || page->style->verbose)
		fputc('\n', page->out);
}

/* A check that holds by less than all there is. */
static bool is_partly_explored(const struct check_result *check)
{
	const struct coverage *coverage = check_coverage(check);
	return coverage != NULL && coverage->kind < COVERAGE_ALL && !check_is_remark(check) &&
	       (check->status == STATUS_PASS || check->status == STATUS_UNCOUNTED);
}

static void print_verbose(const struct page *page, const struct check_result *check)
{
	char *explored = is_partly_explored(check) ? report_explored(check) : NULL, *requires = report_requires(check);
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
	if (check->status == STATUS_FAIL && plan->telling == TELL_AS)
		return xstrdup(_("also because of this"));
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

static void print_line(const struct page *page, const struct result *result, const struct check_result *check,
		       const struct plan *plan)
{
	enum { ID_COLUMNS = 34, OTHER_COLUMNS = 14 };
	struct text head = { 0 };
	char *id = escape_terminal(check->id, false), *note = beside(result, check, plan);
	unsigned columns = report_columns(page->style) - OTHER_COLUMNS;
	fputs("  ", page->out);
	page_paint(page, look_tone(report_look(check)), mark(page, report_look(check)));
	columns = columns < ID_COLUMNS ? columns : ID_COLUMNS;
	if (check_is_remark(check))
		text_printf(&head, " %-*s %s", (int)columns, id, _("remark"));
	else
		text_printf(&head, " %-*s %3u/%u", (int)columns, id, check->score, check->max_score);
	if (note != NULL) {
		char *safe = escape_terminal(note, false);
		bool fits = 5 + escape_columns(head.data) + escape_columns(safe) <= report_columns(page->style);
		text_printf(&head, fits ? "  %s" : "\n      %s", safe);
		free(safe);
	}
	fprintf(page->out, "%s\n", head.data);
	text_free(&head);
	free(note);
	free(id);
}

static void print_advice(const struct page *page, const struct check_result *check, const struct plan *plan,
			 const char *resembles)
{
	if (resembles != NULL) {
		char *said = xasprintf(_("It goes wrong in the same way as this known mistake: %s."), resembles);
		page_escaped(page, TONE_PLAIN, 6, said);
		free(said);
	}
	if (check->hint != NULL) {
		char *hint = xasprintf(_("Hint: %s"), check->hint);
		page_escaped(page, TONE_PLAIN, 6, hint);
		free(hint);
	}
	if (check->section != NULL && !plan->without_section) {
		char *section = xasprintf(_("In the handout: “%s”"), check->section);
		page_escaped(page, TONE_DIM, 6, section);
		free(section);
	}
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

static void print_later(const struct page *page, const struct result *result, const struct check_result *check,
			const struct plan *plan)
{
	if (plan->first == NULL) {
		print_replay(page, result, check, _("story:"), false);
		return;
	}
	char *said = xasprintf(_("Mend %s first."), plan->first->id);
	page_escaped(page, TONE_DIM, 6, said);
	free(said);
}

static void print_check(const struct page *page, const struct result *result, const struct plan *plans, size_t i)
{
	const struct check_result *check = &result->checks[i];
	const struct plan *plan = &plans[i];
	print_line(page, result, check, plan);
	if (plan->telling == TELL_AS || plan->telling == TELL_NOTHING)
		return;
	if (check->message != NULL && check->message[0] != '\0')
		page_escaped(page, TONE_PLAIN, 6, check->message);
	if (plan->telling == TELL_WHOLE)
		print_counterexample(page, result, check);
	else if (check->counterexample != NULL && !plan->without_advice)
		print_later(page, result, check, plan);
	if (plan->first == NULL && !plan->without_advice)
		print_advice(page, check, plan, resembles_of(result, page->style->verbose ? NULL : plans, i));
	if (page->style->verbose)
		print_verbose(page, check);
}

/* ---- what is told of which ---- */

/* A race of two accesses that the sentence names (judge): how threads came there is of no interest. */
static bool is_said_by_two_places(const struct result *result, const struct check_result *check)
{
	const struct counterexample *counterexample = check->counterexample;
	size_t n = counterexample != NULL ? counterexample->n_steps : 0;
	return n >= 2 && counterexample->steps[n - 1].culprit && counterexample->steps[n - 2].culprit &&
	       submitted_step(result, &counterexample->steps[n - 1]) &&
	       submitted_step(result, &counterexample->steps[n - 2]);
}

static struct plan plan_failure(const struct result *result, const size_t *told_by, size_t i)
{
	const struct check_result *check = &result->checks[i], *first = causes_mend_first(result, told_by, i);
	struct plan plan = { .telling = TELL_WHOLE, .by = told_by[i] };
	if (told_by[i] != i) {
		plan.telling = TELL_AS;
	} else if (first != NULL) {
		plan.telling = TELL_SENTENCE;
		plan.first = first;
	} else if (check->property == PROPERTY_DATA_RACE && is_said_by_two_places(result, check)) {
		plan.telling = TELL_SENTENCE;
	}
	return plan;
}

/* The first check before that could not be judged for the same reason; itself. */
static size_t same_reason(const struct result *result, size_t i)
{
	const struct check_result *check = &result->checks[i];
	for (size_t k = 0; k < i && check->message != NULL; k++) {
		const struct check_result *other = &result->checks[k];
		if (other->status == check->status && !check_is_remark(other) && other->message != NULL &&
		    strcmp(other->message, check->message) == 0)
			return k;
	}
	return i;
}

static struct plan plan_of(const struct result *result, const size_t *told_by, size_t i)
{
	struct plan plan = { .telling = TELL_SENTENCE, .by = i };
	switch (result->checks[i].status) {
	case STATUS_FAIL:
		return plan_failure(result, told_by, i);
	case STATUS_INCONCLUSIVE:
		plan.by = same_reason(result, i);
		plan.telling = plan.by != i ? TELL_AS : TELL_SENTENCE;
		break;
	case STATUS_PASS:
		plan.telling = TELL_NOTHING;
		break;
	case STATUS_UNCOUNTED:
		/* What builds on a hidden check says so in its message. */
		plan.telling = result->checks[i].unmet != NULL ? TELL_NOTHING : TELL_SENTENCE;
		break;
	case STATUS_ERROR:
		break;
	}
	return plan;
}

static size_t rows_of(const struct page *page, const struct check_result *check)
{
	struct rows rows = rows_create(check->counterexample, page->style);
	size_t n = rows.n;
	rows_free(&rows);
	return n;
}

/* The first stories are told, and the first advice is given, in the order in which they are on the page. */
static void limit_stories(const struct page *page, const struct result *result, struct plan *plans)
{
	bool *counted = xcalloc(result->n_checks + 1, sizeof(*counted));
	size_t rows = 0, causes = 0;
	for (size_t i = 0; i < result->n_checks; i++) {
		size_t cause = plans[i].by;
		const struct check_result *check = &result->checks[cause];
		if (counted[cause] || check->status != STATUS_FAIL || check_is_remark(&result->checks[i]))
			continue;
		counted[cause] = true;
		plans[cause].without_section = causes > 0;
		plans[cause].without_advice = causes++ >= ADVICE_MAX;
		if (plans[cause].telling != TELL_WHOLE || check->counterexample == NULL)
			continue;
		size_t more = rows_of(page, check);
		if (causes > 1 && rows + more > ROWS_MAX)
			plans[cause].telling = TELL_SENTENCE;
		else
			rows += more;
	}
	free(counted);
}

static struct plan *plan_all(const struct page *page, const struct result *result)
{
	bool verbose = page->style->verbose;
	struct plan *plans = xcalloc(result->n_checks + 1, sizeof(*plans));
	size_t *told_by = causes_of(result);
	for (size_t i = 0; i < result->n_checks; i++)
		plans[i] = verbose ? (struct plan){ .telling = TELL_WHOLE, .by = i } : plan_of(result, told_by, i);
	free(told_by);
	if (!verbose)
		limit_stories(page, result, plans);
	return plans;
}

/* ---- all of them ---- */

/* A list of checks in a sentence. */
struct listed {
	struct text ids;
	unsigned n, points;
};

static void list(struct listed *listed, const struct check_result *check)
{
	char *id = escape_terminal(check->id, false);
	text_printf(&listed->ids, "%s%s", listed->n++ > 0 ? ", " : "", id);
	listed->points += check->max_score;
	free(id);
}

/* `sentence` has the points, `unmet` where there is one, and the list. */
static void print_points(const struct page *page, enum report_look look, struct listed *listed, const char *sentence,
			 const char *unmet)
{
	if (listed->n > 0) {
		char *said = unmet != NULL ? xasprintf(sentence, listed->points, unmet, listed->ids.data)
					   : xasprintf(sentence, listed->points, listed->ids.data);
		char *line = xasprintf("%s %s", mark(page, look), said);
		report_wrap(page->out, page->style, 2, 4, line);
		free(line);
		free(said);
	}
	text_free(&listed->ids);
}

enum { NAMES_MAX = 2 };

static void print_listed(const struct page *page, struct listed *listed, const char *sentence, const char *of_many)
{
	if (listed->n > 0) {
		char *said = listed->n <= NAMES_MAX ? xasprintf(sentence, listed->n, listed->ids.data)
						    : xasprintf(of_many, listed->n);
		report_wrap(page->out, page->style, 2, 4, said);
		free(said);
	}
	text_free(&listed->ids);
}

/* Where something fails, that is what the page is about: what holds is a list. */
static void print_held(const struct page *page, const struct result *result, const struct plan *plans, bool *printed)
{
	struct listed held = { 0 };
	for (size_t i = 0; i < result->n_checks; i++) {
		if (printed[i] || plans[i].telling != TELL_NOTHING || result->checks[i].status != STATUS_PASS ||
		    check_is_remark(&result->checks[i]))
			continue;
		printed[i] = true;
		list(&held, &result->checks[i]);
	}
	print_points(page, LOOK_PASS, &held, ngettext("%u point: %s", "%u points: %s", held.points), NULL);
}

/* What holds and does not count, by what it waits for. */
static void print_uncounted(const struct page *page, const struct result *result, const struct plan *plans,
			    bool *printed)
{
	for (size_t i = 0; i < result->n_checks; i++) {
		const char *unmet = result->checks[i].unmet;
		if (printed[i] || plans[i].telling != TELL_NOTHING || unmet == NULL ||
		    check_is_remark(&result->checks[i]))
			continue;
		struct listed waiting = { 0 };
		for (size_t k = i; k < result->n_checks; k++) {
			if (plans[k].telling != TELL_NOTHING || result->checks[k].unmet == NULL ||
			    strcmp(result->checks[k].unmet, unmet) != 0 || check_is_remark(&result->checks[k]))
				continue;
			printed[k] = true;
			list(&waiting, &result->checks[k]);
		}
		print_points(
		    page, LOOK_UNCOUNTED, &waiting,
		    ngettext("%u point more once %s holds: %s", "%u points more once %s holds: %s", waiting.points),
		    unmet);
	}
}

/* What costs no points, and what counts though it was looked at in part only: in a line each. */
static void print_folded(const struct page *page, const struct result *result)
{
	struct listed remarks = { 0 }, partly = { 0 };
	for (size_t i = 0; i < result->n_checks; i++) {
		const struct check_result *check = &result->checks[i];
		if (check_is_remark(check) && check->status != STATUS_PASS)
			list(&remarks, check);
		if (check->unmet == NULL && is_partly_explored(check))
			list(&partly, check);
	}
	if (remarks.n > 0 || partly.n > 0)
		fputc('\n', page->out);
	print_listed(page, &partly,
		     ngettext("%u check was explored in part, not wholly: %s (--verbose tells how far)",
			      "%u checks were explored in part, not wholly: %s (--verbose tells how far)", partly.n),
		     _("%u checks were explored in part, not wholly (--verbose tells how far)"));
	print_listed(page, &remarks,
		     ngettext("%u remark, which costs no points: %s (--verbose tells it)",
			      "%u remarks, which cost no points: %s (--verbose tells them)", remarks.n),
		     _("%u remarks, which cost no points (--verbose tells them)"));
}

/* A cause, and right below it what follows from it. */
static void print_cause(const struct page *page, const struct result *result, const struct plan *plans, size_t cause,
			bool *printed)
{
	print_check(page, result, plans, cause);
	printed[cause] = true;
	for (size_t i = 0; i < result->n_checks; i++) {
		const struct check_result *check = &result->checks[i];
		if (printed[i] || plans[i].by != cause || check->status != STATUS_FAIL || check_is_remark(check))
			continue;
		print_check(page, result, plans, i);
		printed[i] = true;
	}
}

static bool any_fails(const struct result *result)
{
	for (size_t i = 0; i < result->n_checks; i++) {
		if (result->checks[i].status == STATUS_FAIL && !check_is_remark(&result->checks[i]))
			return true;
	}
	return false;
}

/* What fails comes first. */
static void print_failures(const struct page *page, const struct result *result, const struct plan *plans,
			   bool *printed)
{
	for (size_t i = 0; i < result->n_checks; i++) {
		if (!printed[i] && result->checks[i].status == STATUS_FAIL && !check_is_remark(&result->checks[i]))
			print_cause(page, result, plans, plans[i].by, printed);
	}
}

static void print_rest(const struct page *page, const struct result *result, const struct plan *plans, bool fails,
		       const bool *printed)
{
	for (size_t i = 0; i < result->n_checks; i++) {
		bool listed = fails && plans[i].telling == TELL_NOTHING;
		if (!printed[i] && !listed && !check_is_remark(&result->checks[i]))
			print_check(page, result, plans, i);
	}
}

void page_checks(const struct page *page, const struct result *result)
{
	struct plan *plans = plan_all(page, result);
	bool *printed = xcalloc(result->n_checks + 1, sizeof(*printed)), fails = any_fails(result);
	for (size_t i = 0; page->style->verbose && i < result->n_checks; i++)
		print_check(page, result, plans, i);
	if (!page->style->verbose) {
		print_failures(page, result, plans, printed);
		print_rest(page, result, plans, fails, printed);
		if (fails) {
			print_uncounted(page, result, plans, printed);
			print_held(page, result, plans, printed);
		}
		print_folded(page, result);
	}
	free(printed);
	free(plans);
}
