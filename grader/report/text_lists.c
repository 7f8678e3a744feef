#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "text_plan.h"
#include "translate.h"

/* A list of checks in a sentence. */
struct listed {
	struct text ids;
	unsigned n, points;
	unsigned partly; /* of them, those that hold by less than all there is */
};

static bool counts(const struct check_result *check, enum check_status status)
{
	return check->status == status && !check_is_remark(check);
}

static void list(struct listed *listed, const struct check_result *check)
{
	char *id = escape_terminal(check->id, false);
	text_printf(&listed->ids, "%s%s", listed->n++ > 0 ? ", " : "", id);
	listed->points += check->max_score;
	listed->partly += counts(check, STATUS_PASS) && text_partly_explored(check);
	free(id);
}

/* A line, or several, with a mark at its begin. */
static void print_marked(const struct page *page, enum report_look look, const char *said)
{
	enum { INDENT = 2, HANGING = 4 };
	char *line = xasprintf("%s %s", text_mark(page, look), said), *wrapped = NULL;
	size_t length = 0;
	FILE *memory = open_memstream(&wrapped, &length);
	if (memory != NULL) {
		report_wrap(memory, page->style, INDENT, HANGING, line);
		fclose(memory);
		fprintf(page->out, "%*s", INDENT, "");
		text_paint_mark(page, look);
		fputs(wrapped + INDENT + strlen(text_mark(page, look)), page->out);
	}
	free(wrapped);
	free(line);
}

/* `sentence` has the points, `first` where there is one, and the list. */
static void print_points(const struct page *page, enum report_look look, struct listed *listed, const char *sentence,
			 const char *first)
{
	if (listed->n > 0) {
		char *said = first != NULL ? xasprintf(sentence, listed->points, first, listed->ids.data)
					   : xasprintf(sentence, listed->points, listed->ids.data);
		print_marked(page, look, said);
		free(said);
	}
	text_free(&listed->ids);
}

void text_list_because(const struct page *page, const struct result *result, const struct plan *plans, size_t cause)
{
	struct listed same = { 0 };
	for (size_t i = 0; i < result->n_checks; i++) {
		if (i != cause && plans[i].by == cause && counts(&result->checks[i], STATUS_FAIL))
			list(&same, &result->checks[i]);
	}
	print_points(page, LOOK_FAIL, &same,
		     ngettext("%u point, also because of this: %s", "%u points, also because of this: %s", same.points),
		     NULL);
}

/* "6 checks, 2 of them explored in part (--verbose)". The caller owns it. */
static char *number_of(const struct listed *listed)
{
	if (listed->partly > 0)
		return xasprintf(_("%u checks, %u of them explored in part (--verbose)"), listed->n, listed->partly);
	return xasprintf(ngettext("%u check (--verbose)", "%u checks (--verbose)", listed->n), listed->n);
}

/* The same in a line: by their number where more than one or two names are too long for it. */
static void print_line(const struct page *page, enum report_look look, struct listed *listed, const char *head)
{
	enum { INDENT = 2, FEW = 2 };
	size_t most = report_columns(page->style) - INDENT - escape_columns(text_mark(page, look)) - 1;
	if (listed->n > 0) {
		char *line = xasprintf("%s: %s", head, listed->ids.data);
		if (listed->partly > 0)
			text_replace(&line, xasprintf(_("%s (%u explored in part: --verbose)"), line, listed->partly));
		if (listed->n > FEW && escape_columns(line) > most) {
			char *number = number_of(listed);
			text_replace(&line, xasprintf("%s: %s", head, number));
			free(number);
		}
		print_marked(page, look, line);
		free(line);
	}
	text_free(&listed->ids);
}

/* What waits for a check that is told, whatever its cause. */
static void list_later(const struct page *page, const struct result *result, const struct plan *plans)
{
	bool *listed = xcalloc(result->n_checks + 1, sizeof(*listed));
	for (size_t i = 0; i < result->n_checks; i++) {
		const struct check_result *first = plans[plans[i].by].first;
		struct listed later = { 0 };
		for (size_t k = i; k < result->n_checks && first != NULL; k++) {
			if (listed[k] || plans[plans[k].by].first != first || !counts(&result->checks[k], STATUS_FAIL))
				continue;
			listed[k] = true;
			list(&later, &result->checks[k]);
		}
		print_points(page, LOOK_FAIL, &later,
			     ngettext("%u point, mend %s first: %s", "%u points, mend %s first: %s", later.points),
			     first != NULL ? first->id : "");
	}
	free(listed);
}

static void list_further(const struct page *page, const struct result *result, const struct plan *plans)
{
	struct listed further = { 0 };
	for (size_t i = 0; i < result->n_checks; i++) {
		if (plans[plans[i].by].telling == TELL_FURTHER && counts(&result->checks[i], STATUS_FAIL))
			list(&further, &result->checks[i]);
	}
	print_points(page, LOOK_FAIL, &further,
		     ngettext("%u point, for further causes (--verbose tells them): %s",
			      "%u points, for further causes (--verbose tells them): %s", further.points),
		     NULL);
}

static void list_undecided(const struct page *page, const struct result *result)
{
	struct listed undecided = { 0 };
	for (size_t i = 0; i < result->n_checks; i++) {
		if (counts(&result->checks[i], STATUS_INCONCLUSIVE))
			list(&undecided, &result->checks[i]);
	}
	print_points(page, LOOK_UNDECIDED, &undecided,
		     ngettext("%u point could not be judged (--verbose tells why): %s",
			      "%u points could not be judged (--verbose tells why): %s", undecided.points),
		     NULL);
}

/* What holds and does not count, by what it waits for. */
static void list_uncounted(const struct page *page, const struct result *result)
{
	bool *listed = xcalloc(result->n_checks + 1, sizeof(*listed));
	for (size_t i = 0; i < result->n_checks; i++) {
		const char *unmet = result->checks[i].unmet;
		struct listed waiting = { 0 };
		for (size_t k = i; k < result->n_checks && unmet != NULL; k++) {
			const struct check_result *check = &result->checks[k];
			if (listed[k] || !counts(check, STATUS_UNCOUNTED) || check->unmet == NULL ||
			    strcmp(check->unmet, unmet) != 0)
				continue;
			listed[k] = true;
			list(&waiting, check);
		}
		char *once =
		    xasprintf(ngettext("%u point more once %s holds", "%u points more once %s holds", waiting.points),
			      waiting.points, unmet != NULL ? unmet : "");
		print_line(page, LOOK_UNCOUNTED, &waiting, once);
		free(once);
	}
	free(listed);
}

static void list_held(const struct page *page, const struct result *result)
{
	struct listed held = { 0 };
	for (size_t i = 0; i < result->n_checks; i++) {
		if (counts(&result->checks[i], STATUS_PASS))
			list(&held, &result->checks[i]);
	}
	char *points = xasprintf(ngettext("%u point", "%u points", held.points), held.points);
	print_line(page, LOOK_PASS, &held, points);
	free(points);
}

void text_lists(const struct page *page, const struct result *result, const struct plan *plans)
{
	list_later(page, result, plans);
	list_further(page, result, plans);
	list_undecided(page, result);
	list_uncounted(page, result);
	list_held(page, result);
}

/* What the picture's file is called: as the submission. The caller owns it. */
static char *picture_file(const struct result *result)
{
	const char *slash = strrchr(result->submission, '/'),
		   *base = slash != NULL && slash[1] != '\0' ? slash + 1 : result->submission;
	size_t length = strcspn(base, "./");
	char *name =
		 xasprintf("%.*s.html", (int)(length > 0 ? length : strlen("result")), length > 0 ? base : "result"),
	     *word = page_shell_word(name);
	free(name);
	return word;
}

void text_picture(const struct page *page, const struct result *result)
{
	enum { INDENT = 2 };
	bool any = false;
	for (size_t i = 0; i < result->n_checks; i++)
		any |= result->checks[i].counterexample != NULL && !check_is_remark(&result->checks[i]);
	if (!any || result->student.key != NULL)
		return;
	char *exercise = page_exercise_option(result), *submission = page_shell_word(result->submission),
	     *file = picture_file(result);
	char *parts[] = { xasprintf("syncgrade grade %s%s", exercise, submission), xasprintf("-f html -o %s", file),
			  NULL };
	page_command(page, INDENT, _("picture:"), parts);
	for (size_t i = 0; parts[i] != NULL; i++)
		free(parts[i]);
	free(exercise);
	free(submission);
	free(file);
}

char *text_more(const struct result *result)
{
	unsigned remarks = 0, partly = 0;
	/* Where something fails, the list of what holds says it. */
	bool listed = text_any_fails(result);
	struct text notes = { 0 };
	for (size_t i = 0; i < result->n_checks; i++) {
		const struct check_result *check = &result->checks[i];
		remarks += check_is_remark(check) && check->status != STATUS_PASS;
		partly += !listed && check->unmet == NULL && text_partly_explored(check);
	}
	if (partly == 0 && remarks == 0)
		return NULL;
	if (partly > 0)
		text_printf(&notes, ngettext("%u check explored in part", "%u checks explored in part", partly),
			    partly);
	if (partly > 0 && remarks > 0)
		text_add(&notes, ", ");
	if (remarks > 0)
		text_printf(&notes, ngettext("%u remark without points", "%u remarks without points", remarks),
			    remarks);
	text_add(&notes, ": --verbose");
	return text_take(&notes);
}
