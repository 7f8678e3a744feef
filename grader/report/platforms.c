#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "interleaving.h"
#include "report.h"
#include "student_view.h"
#include "text.h"
#include "translate.h"

/* Gradescope's results.json and Classroom 50's result.json. */

static json_t *valid_string(const char *text)
{
	char *valid = escape_utf8(text != NULL ? text : "");
	json_t *value = json_string(valid);
	free(valid);
	return value;
}

static int put_json(FILE *out, json_t *root)
{
	int r = root == NULL || json_dumpf(root, out, JSON_INDENT(1)) < 0 || fputc('\n', out) == EOF ? -EIO : 0;
	json_decref(root);
	return r;
}

/* What is said of one check. */
static char *explain(const struct report_style *style, const struct check_result *check)
{
	struct text text = { 0 };
	text_add(&text, check->message != NULL ? check->message : "");
	char *explored = check->status != STATUS_FAIL ? report_explored(check) : NULL;
	if (check_is_remark(check))
		text_printf(&text, "%s%s", text.length > 0 ? "\n" : "", _("A remark: it costs no points."));
	if (explored != NULL)
		text_printf(&text, "%s%s", text.length > 0 ? "\n" : "", explored);
	free(explored);
	if (check->resembles != NULL)
		text_printf(&text, _("\nIt goes wrong in the same way as this known mistake: %s."), check->resembles);
	if (check->hint != NULL)
		text_printf(&text, _("\nHint: %s"), check->hint);
	if (check->section != NULL)
		text_printf(&text, _("\nIn the handout: “%s”"), check->section);
	char *safe = escape_terminal(text.data != NULL ? text.data : "", true);
	char *interleaving = interleaving_text(style, check->counterexample);
	text_free(&text);
	if (interleaving != NULL)
		text_replace(&safe, xasprintf("%s\n%s", safe, interleaving));
	free(interleaving);
	return safe;
}

/* Gradescope shows a hidden test to instructors alone, and to students no total from which it could be told. */
static json_t *gradescope_test(const struct report_style *style, const struct check_result *check, size_t number)
{
	bool hidden = check->hidden && !style->reveal_hidden;
	char *output = explain(style, check), label[24];
	snprintf(label, sizeof(label), "%zu", number);
	bool good = check->status == STATUS_PASS || check_is_remark(check);
	json_t *test = json_pack("{s:I, s:I, s:s, s:o, s:s, s:o, s:s, s:s}", "score", (json_int_t)check->score,
				 "max_score", (json_int_t)check->max_score, "status", good ? "passed" : "failed",
				 "name", valid_string(check->id), "number", label, "output", valid_string(output),
				 "output_format", "text", "visibility", hidden ? "hidden" : "visible");
	free(output);
	return test;
}

/* What students read above the tests. */
static char *hidden_note(const struct report_style *style, const struct result *result)
{
	struct result *view = style->reveal_hidden ? NULL : student_view_create(result);
	char *note = view != NULL ? report_hidden_note(view) : NULL;
	char *sentence = note != NULL ? xasprintf("%s.", note) : xstrdup("");
	free(note);
	student_view_destroy(view);
	return sentence;
}

static int gradescope_one(FILE *out, const struct report_style *style, const struct result *result)
{
	json_t *tests = json_array();
	/* Without a score Gradescope keeps none: the machine's fault costs no points, and asks for another run. */
	if (result->verdict == VERDICT_ERROR) {
		json_decref(tests);
		return put_json(
		    out, json_pack("{s:s, s:s, s:s}", "output",
				   _("The grader could not do its work. This is not your fault; submit again, or tell "
				     "your instructor."),
				   "output_format", "text", "visibility", "visible"));
	}
	for (size_t i = 0; i < result->n_checks; i++)
		json_array_append_new(tests, gradescope_test(style, &result->checks[i], i + 1));
	char *message = result->message != NULL ? escape_terminal(result->message, true) : hidden_note(style, result);
	json_t *root =
	    json_pack("{s:I, s:f, s:o, s:s, s:s, s:s, s:o}", "score", (json_int_t)result->score, "execution_time",
		      (double)result->duration_ms / 1000.0, "output", valid_string(message), "output_format", "text",
		      "visibility", "visible", "stdout_visibility", "hidden", "tests", tests);
	free(message);
	return put_json(out, root);
}

/* What its runner knows and does not stamp itself: from the environment that it gives. A member without a value is left
 * out: the runner then says which. */
static void add_context(json_t *root)
{
	static const struct {
		const char *member, *variable, *otherwise;
	} context[] = {
		{ "classroom", "CLASSROOM", NULL },       { "assignment", "ASSIGNMENT", NULL },
		{ "submission", "SUBMISSION_TAG", NULL }, { "commit", "COMMIT_URL", NULL },
		{ "release", "RELEASE_URL", NULL },       { "review", "REVIEW_URL", "COMMIT_URL" },
	};
	char now[32];
	time_t seconds = time(NULL);
	struct tm utc;
	for (size_t i = 0; i < sizeof(context) / sizeof(context[0]); i++) {
		const char *value = getenv(context[i].variable);
		if ((value == NULL || value[0] == '\0') && context[i].otherwise != NULL)
			value = getenv(context[i].otherwise);
		if (value != NULL && value[0] != '\0')
			json_object_set_new(root, context[i].member, valid_string(value));
	}
	if (gmtime_r(&seconds, &utc) != NULL && strftime(now, sizeof(now), "%Y-%m-%dT%H:%M:%SZ", &utc) > 0)
		json_object_set_new(root, "datetime", json_string(now));
}

/* Without score and maximum the runner refuses it, and records none: the machine's fault costs no points. */
static int put_unscored(FILE *out, const char *why)
{
	json_t *root =
	    json_pack("{s:s, s:o, s:[]}", "schema", "classroom50/result/v1", "error", valid_string(why), "tests");
	add_context(root);
	return put_json(out, root);
}

static int classroom50_one(FILE *out, const struct report_style *style, const struct result *result)
{
	if (result->verdict == VERDICT_ERROR)
		return put_unscored(out,
				    result->message != NULL ? result->message : _("The grader could not do its work."));
	json_t *tests = json_array();
	/* The total is the grade that Classroom 50 records: hidden checks count in it, and are not among the tests. */
	for (size_t i = 0; i < result->n_checks; i++) {
		const struct check_result *check = &result->checks[i];
		if (check->hidden && !style->reveal_hidden)
			continue;
		char *output = explain(style, check);
		json_array_append_new(tests,
				      json_pack("{s:o, s:b, s:I, s:I, s:o}", "test-name", valid_string(check->id),
						"passed", check->status == STATUS_PASS || check_is_remark(check),
						"score", (json_int_t)check->score, "max-score",
						(json_int_t)check->max_score, "output", valid_string(output)));
		free(output);
	}
	if (result->message != NULL)
		json_array_append_new(tests, json_pack("{s:s, s:b, s:i, s:I, s:o}", "test-name", "build", "passed", 0,
						       "score", 0, "max-score", (json_int_t)result->max_score, "output",
						       valid_string(result->message)));
	json_t *root = json_pack("{s:s}", "schema", "classroom50/result/v1");
	add_context(root);
	json_object_set_new(root, "score", json_integer((json_int_t)result->score));
	json_object_set_new(root, "max-score", json_integer((json_int_t)result->max_score));
	json_object_set_new(root, "tests", tests);
	return put_json(out, root);
}

static int classroom50_none(FILE *out, const struct report_style *style)
{
	(void)style;
	return put_unscored(out, _("There was no submission to grade."));
}

static int gradescope_none(FILE *out, const struct report_style *style)
{
	(void)style;
	return put_json(out, json_pack("{s:s, s:s, s:s, s:[]}", "output", _("There was no submission to grade."),
				       "output_format", "text", "visibility", "visible", "tests"));
}

const struct report_format report_gradescope = { .name = "gradescope", .one = gradescope_one, .none = gradescope_none };
const struct report_format report_classroom50 = { .name = "classroom50",
						  .one = classroom50_one,
						  .none = classroom50_none };
