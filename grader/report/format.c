#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "text.h"
#include "translate.h"

static const struct report_format *const formats[] = {
	&report_text, &report_json,       &report_github,      &report_sarif,    &report_junit,
	&report_tap,  &report_gradescope, &report_classroom50, &report_markdown, &report_summary,
	&report_csv,  &report_canvas,     &report_moodle,      &report_html,     &report_lecture,
};

const struct report_format *report_format_find(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	}
	return NULL;
}

const char *report_verdict_words(enum verdict verdict)
{
	static const char *const words[] = { N_("pass"), N_("fail"), N_("error") };
	return words[verdict];
}

enum report_look report_look(const struct check_result *check)
{
	static const enum report_look looks[] = {
		[STATUS_PASS] = LOOK_PASS,
		[STATUS_FAIL] = LOOK_FAIL,
		[STATUS_INCONCLUSIVE] = LOOK_UNDECIDED,
		[STATUS_ERROR] = LOOK_ERROR,
		[STATUS_UNCOUNTED] = LOOK_UNCOUNTED,
	};
	return check->status == STATUS_FAIL && check_is_remark(check) ? LOOK_REMARK : looks[check->status];
}

const char *report_look_words(enum report_look look)
{
	static const char *const words[LOOK_COUNT] = { N_("pass"),  N_("fail"),           N_("could not be judged"),
						       N_("error"), N_("does not count"), N_("a remark") };
	return words[look];
}

char *report_explored(const struct check_result *check)
{
	char *what = coverage_text(check_coverage(check));
	char *sentence = what != NULL ? xasprintf(_("Explored: %s."), what) : NULL;
	free(what);
	return sentence;
}

char *report_requires(const struct check_result *check)
{
	struct text ids = { 0 };
	for (size_t i = 0; i < check->n_requires; i++)
		text_printf(&ids, "%s%s", i > 0 ? ", " : "", check->requires[i]);
	char *sentence = ids.length > 0 ? xasprintf(_("Builds on: %s."), ids.data) : NULL;
	text_free(&ids);
	return sentence;
}

char *report_hidden_note(const struct result *result)
{
	if (result->n_hidden == 0)
		return NULL;
	char *points = xasprintf(ngettext("%u point", "%u points", result->hidden_points), result->hidden_points);
	char *note = xasprintf(ngettext("%zu hidden check, worth %s, counts too and is not shown",
					"%zu hidden checks, worth %s, count too and are not shown", result->n_hidden),
			       result->n_hidden, points);
	free(points);
	return note;
}

const char *report_format_names(void)
{
	return "text, json, github, sarif, junit, tap, gradescope, classroom50, markdown, summary, csv, canvas, "
	       "moodle, html, lecture";
}
