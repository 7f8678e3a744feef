#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "interleaving.h"
#include "report.h"
#include "submitted.h"
#include "text.h"
#include "translate.h"

/* JUnit's XML, as GitLab, Jenkins and the usual actions read it: a test suite per submission, a test case per check. */

/* U+FFFE and U+FFFF: Unicode's, and no characters of XML. */
static bool is_no_character(const char *at)
{
	return memcmp(at, "\xef\xbf\xbe", 3) == 0 || memcmp(at, "\xef\xbf\xbf", 3) == 0;
}

/* XML 1.0 forbids most control bytes even when escaped. */
static void put_xml(FILE *out, const char *text)
{
	char *safe = escape_terminal(text != NULL ? text : "", true);
	for (const char *at = safe; *at != '\0'; at++) {
		switch (*at) {
		case '<':
			fputs("&lt;", out);
			break;
		case '>':
			fputs("&gt;", out);
			break;
		case '&':
			fputs("&amp;", out);
			break;
		case '"':
			fputs("&quot;", out);
			break;
		case '\n':
			fputs("&#10;", out);
			break;
		case '\xef':
			if (at[1] != '\0' && at[2] != '\0' && is_no_character(at)) {
				fputs("\xef\xbf\xbd", out);
				at += 2;
				break;
			}
			fputc(*at, out);
			break;
		default:
			fputc(*at, out);
		}
	}
	free(safe);
}

static uint64_t duration_of(const struct check_result *check)
{
	uint64_t ms = 0;
	for (size_t i = 0; i < check->n_engines; i++)
		ms += check->engines[i].duration_ms;
	return ms;
}

/* What the format has no place for, in what a case is said to have printed. */
static void put_details(FILE *out, const struct report_style *style, const struct check_result *check)
{
	char *explored = report_explored(check), *requires = report_requires(check);
	char *points = check->max_score > 0 ? xasprintf(_("%u of %u points"), check->score, check->max_score)
					    : xstrdup(_("a remark"));
	struct text text = { 0 };
	text_printf(&text, "%s.", points);
	if (explored != NULL)
		text_printf(&text, "\n%s", explored);
	if (requires != NULL)
		text_printf(&text, "\n%s", requires);
	char *interleaving = interleaving_text(style, check->counterexample);
	if (interleaving != NULL)
		text_printf(&text, "\n\n%s", interleaving);
	free(interleaving);
	fputs("      <system-out>", out);
	put_xml(out, text.data);
	fputs("</system-out>\n", out);
	text_free(&text);
	free(points);
	free(explored);
	free(requires);
}

static void put_case(FILE *out, const struct report_style *style, const struct result *result,
		     const struct check_result *check)
{
	static const char *const elements[LOOK_COUNT] = { NULL, "failure", "skipped", "error", "skipped", "skipped" };
	enum report_look look = report_look(check);
	fputs("    <testcase classname=\"", out);
	put_xml(out, result->exercise);
	fputc('.', out);
	put_xml(out, property_name(check->property));
	fputs("\" name=\"", out);
	put_xml(out, result->submission);
	fputs(": ", out);
	put_xml(out, check->id);
	char *file = submitted_path(result);
	unsigned line = check->status == STATUS_FAIL ? submitted_line(result, check) : 0;
	fputs("\" file=\"", out);
	put_xml(out, file);
	free(file);
	if (line != 0)
		fprintf(out, "\" line=\"%u", line);
	fprintf(out, "\" time=\"%.3f\"", (double)duration_of(check) / 1000.0);
	const char *element = elements[look];
	fputs(">\n", out);
	if (element == NULL) {
		put_details(out, style, check);
		fputs("    </testcase>\n", out);
		return;
	}
	/* A skipped case has no attributes in the schema, and a failure has. */
	if (strcmp(element, "skipped") == 0) {
		fputs("      <skipped>", out);
		if (look == LOOK_REMARK) {
			put_xml(out, _(report_look_words(look)));
			fputs(": ", out);
		}
		put_xml(out, check->message);
		fputs("</skipped>\n", out);
	} else {
		fprintf(out, "      <%s message=\"", element);
		put_xml(out, check->message);
		fprintf(out, "\" type=\"%s\">", property_name(check->property));
		put_xml(out, check->hint);
		fprintf(out, "</%s>\n", element);
	}
	put_details(out, style, check);
	fputs("    </testcase>\n", out);
}

struct counts {
	size_t tests, failures, errors, skipped;
};

static struct counts count(const struct result *result)
{
	struct counts counts = { .tests = result->n_checks };
	for (size_t i = 0; i < result->n_checks; i++) {
		enum report_look look = report_look(&result->checks[i]);
		counts.failures += look == LOOK_FAIL;
		counts.errors += look == LOOK_ERROR;
		counts.skipped += look != LOOK_FAIL && look != LOOK_ERROR && look != LOOK_PASS;
	}
	if (result->message != NULL) {
		counts.tests++;
		counts.failures += result->verdict == VERDICT_FAIL;
		counts.errors += result->verdict == VERDICT_ERROR;
	}
	return counts;
}

static void put_suite(FILE *out, const struct report_style *style, const struct result *result)
{
	struct counts counts = count(result);
	fputs("  <testsuite name=\"", out);
	put_xml(out, result->submission);
	fprintf(out, ("\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"%.3f\">\n"),
		counts.tests, counts.failures, counts.errors, counts.skipped, (double)result->duration_ms / 1000.0);
	if (result->n_hidden > 0)
		fprintf(out,
			"    <properties>\n      <property name=\"hidden_checks\" value=\"%zu\"/>\n      "
			"<property name=\"hidden_points\" value=\"%u\"/>\n    </properties>\n",
			result->n_hidden, result->hidden_points);
	if (result->message != NULL) {
		const char *element = result->verdict == VERDICT_FAIL ? "failure" : "error";
		fputs("    <testcase classname=\"syncgrade.build\" name=\"", out);
		put_xml(out, result->submission);
		fprintf(out, "\" time=\"0.000\">\n      <%s message=\"", element);
		put_xml(out, result->message);
		fprintf(out, "\" type=\"build\"></%s>\n    </testcase>\n", element);
	}
	for (size_t i = 0; i < result->n_checks; i++)
		put_case(out, style, result, &result->checks[i]);
	fputs("  </testsuite>\n", out);
}

static int junit_all(FILE *out, const struct report_style *style, const struct result *const *results, size_t n)
{
	struct counts all = { 0 };
	for (size_t i = 0; i < n; i++) {
		struct counts counts = count(results[i]);
		all.tests += counts.tests;
		all.failures += counts.failures;
		all.errors += counts.errors;
	}
	fprintf(
	    out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"syncgrade\" tests=\"%zu\" failures=\"%zu\" "
	    "errors=\"%zu\">\n",
	    all.tests, all.failures, all.errors);
	for (size_t i = 0; i < n; i++)
		put_suite(out, style, results[i]);
	fputs("</testsuites>\n", out);
	return ferror(out) ? -EIO : 0;
}

const struct report_format report_junit = { .name = "junit", .for_students = true, .all = junit_all };
