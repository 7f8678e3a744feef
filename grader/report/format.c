#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "text.h"
#include "translate.h"

static const struct report_format *const formats[] = {
	&report_text, &report_json,       &report_github,      &report_sarif,    &report_junit,
	&report_tap,  &report_gradescope, &report_classroom50, &report_markdown, &report_summary,
	&report_csv,  &report_canvas,     &report_moodle,      &report_html,
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
	       "moodle, html";
}
