#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"
#include "report.h"
#include "text.h"
#include "translate.h"

/* Gradebooks: every check a column; and what Canvas and Moodle import. A submission that was not graded has no number:
 * an empty field changes nothing where it is imported. */

struct columns {
	size_t n;
	const char **ids;
};

static void add_columns(struct columns *columns, const struct result *result)
{
	for (size_t c = 0; c < result->n_checks; c++) {
		bool known = false;
		for (size_t i = 0; i < columns->n; i++)
			known = known || strcmp(columns->ids[i], result->checks[c].id) == 0;
		if (known)
			continue;
		columns->ids = xrealloc(columns->ids, (columns->n + 1) * sizeof(*columns->ids));
		columns->ids[columns->n++] = result->checks[c].id;
	}
}

static void number_field(FILE *out, unsigned number, bool known, int last)
{
	char text[16] = "";
	if (known)
		snprintf(text, sizeof(text), "%u", number);
	csv_field(out, text, last);
}

static bool is_graded(const struct result *result)
{
	return result->verdict != VERDICT_ERROR;
}

/* A remark is told apart from what costs points. */
static const char *csv_status(const struct check_result *check)
{
	return check_is_remark(check) && check->status != STATUS_PASS ? "remark" : status_name(check->status);
}

/* "points counter/mutual-exclusion" */
static void csv_heads(FILE *out, const struct columns *columns, const char *what, bool last)
{
	for (size_t c = 0; c < columns->n; c++) {
		char *head = xasprintf("%s %s", what, columns->ids[c]);
		csv_field(out, head, last && c + 1 == columns->n);
		free(head);
	}
}

static int csv_all(FILE *out, const struct report_style *style, const struct result *const *results, size_t n)
{
	static const char *const heads[] = { "key",     "name",  "id",        "submission", "exercise",
					     "verdict", "score", "max_score", "message" };
	struct columns columns = { 0 };
	bool adjusted = false;
	(void)style;
	for (size_t i = 0; i < n; i++)
		adjusted = adjusted || results[i]->adjusted != NULL;
	for (size_t i = 0; i < n; i++)
		add_columns(&columns, results[i]);
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		csv_field(out, heads[i], !adjusted && columns.n == 0 && i + 1 == sizeof(heads) / sizeof(heads[0]));
	for (size_t c = 0; c < columns.n; c++)
		csv_field(out, columns.ids[c], 0);
	csv_heads(out, &columns, "points", false);
	csv_heads(out, &columns, "explored", !adjusted);
	if (adjusted) {
		csv_field(out, "graded", 0);
		csv_field(out, "adjusted", 1);
	}
	for (size_t i = 0; i < n; i++) {
		const struct result *result = results[i];
		csv_field(out, result->student.key, 0);
		csv_field(out, result->student.name, 0);
		csv_field(out, result->student.id, 0);
		csv_field(out, result->submission, 0);
		csv_field(out, result->exercise, 0);
		csv_field(out, verdict_name(result->verdict), 0);
		number_field(out, result->score, is_graded(result), 0);
		number_field(out, result->max_score, true, 0);
		csv_field(out, result->message, !adjusted && columns.n == 0);
		for (size_t c = 0; c < columns.n; c++) {
			const struct check_result *check = result_find_check(result, columns.ids[c]);
			csv_field(out, check != NULL ? csv_status(check) : "", 0);
		}
		for (size_t c = 0; c < columns.n; c++) {
			const struct check_result *check = result_find_check(result, columns.ids[c]);
			number_field(out, check != NULL ? check->score : 0, check != NULL && is_graded(result), 0);
		}
		for (size_t c = 0; c < columns.n; c++) {
			const struct check_result *check = result_find_check(result, columns.ids[c]);
			const struct coverage *coverage = check != NULL ? check_coverage(check) : NULL;
			csv_field(out, coverage != NULL ? coverage_name(coverage->kind) : "",
				  !adjusted && c + 1 == columns.n);
		}
		if (adjusted) {
			number_field(out, result->graded_score, result->adjusted != NULL, 0);
			csv_field(out, result->adjusted, 1);
		}
	}
	free(columns.ids);
	return ferror(out) ? -EIO : 0;
}

/* The assignment's title: the exercise's, of the first result that has one. */
static const char *assignment(const struct result *const *results, size_t n, unsigned *points)
{
	for (size_t i = 0; i < n; i++) {
		if (results[i]->exercise != NULL && results[i]->max_score > 0) {
			*points = results[i]->max_score;
			return results[i]->exercise;
		}
	}
	*points = 0;
	return "syncgrade";
}

/* The class list's id, where the platform has another, or none. */
static bool is_sis_id(const struct student *student)
{
	return student->id != NULL && (student->platform_id == NULL || strcmp(student->id, student->platform_id) != 0);
}

/* Canvas finds its users by ID, else by SIS User ID, else by SIS Login ID.
 * https://community.canvaslms.com, "How do I import grades in the Gradebook?": these columns in this order. */
static int canvas_all(FILE *out, const struct report_style *style, const struct result *const *results, size_t n)
{
	static const char *const heads[] = { "Student", "ID", "SIS User ID", "SIS Login ID", "Section" };
	unsigned points;
	const char *title = assignment(results, n, &points);
	(void)style;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		csv_field(out, heads[i], 0);
	csv_field(out, title, 1);
	csv_field(out, "    Points Possible", 0);
	for (size_t i = 1; i < sizeof(heads) / sizeof(heads[0]); i++)
		csv_field(out, "", 0);
	number_field(out, points, true, 1);
	for (size_t i = 0; i < n; i++) {
		const struct student *student = &results[i]->student;
		if (student->conflict != NULL)
			continue;
		csv_field(out, student->name, 0);
		csv_field(out, student->platform_id, 0);
		csv_field(out, is_sis_id(student) ? student->id : "", 0);
		csv_field(out, student->login, 0);
		csv_field(out, "", 0);
		number_field(out, results[i]->score, is_graded(results[i]), 1);
	}
	return ferror(out) ? -EIO : 0;
}

/* What is said to the student in a gradebook's comment. */
static char *feedback(const struct result *result)
{
	struct text text = { 0 };
	if (result->adjusted != NULL)
		text_printf(&text, "%s. ", result->adjusted);
	if (result->verdict == VERDICT_ERROR)
		text_add(&text, _("Not graded yet."));
	else if (result->message != NULL)
		text_add(&text, result->message);
	for (size_t c = 0; c < result->n_checks; c++) {
		const struct check_result *check = &result->checks[c];
		if (check->status == STATUS_PASS || check->status == STATUS_ERROR || check->hidden ||
		    check_is_remark(check))
			continue;
		text_printf(&text, "%s%s: %s", text.length != 0 ? " " : "", check->id, check->message);
	}
	return text_take(&text);
}

static int moodle_all(FILE *out, const struct report_style *style, const struct result *const *results, size_t n)
{
	static const char *const heads[] = { "Identifier", "Full name", "Grade", "Last modified (grade)" };
	(void)style;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		csv_field(out, heads[i], 0);
	csv_field(out, "Feedback comments", 1);
	for (size_t i = 0; i < n; i++) {
		const struct student *student = &results[i]->student;
		const char *id = student->platform_id != NULL ? student->platform_id : student->id;
		if (student->conflict != NULL)
			continue;
		char *identifier = id != NULL ? xasprintf("Participant %s", id) : xstrdup("");
		char *comment = feedback(results[i]);
		csv_field(out, identifier, 0);
		csv_field(out, results[i]->student.name, 0);
		number_field(out, results[i]->score, is_graded(results[i]), 0);
		fputs("-,", out); /* as Moodle writes it: never; no formula */
		csv_field(out, comment, 1);
		free(identifier);
		free(comment);
	}
	return ferror(out) ? -EIO : 0;
}

const struct report_format report_csv = { .name = "csv", .points_only = true, .all = csv_all };
const struct report_format report_canvas = { .name = "canvas", .points_only = true, .all = canvas_all };
const struct report_format report_moodle = { .name = "moodle", .points_only = true, .all = moodle_all };
