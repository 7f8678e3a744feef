#include <string.h>

#include "report.h"
#include "text.h"

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

char *report_hidden_note(const struct result *result)
{
	if (result->n_hidden == 0)
		return NULL;
	return xasprintf("%zu hidden check%s, worth %u point%s, count%s too and %s not shown", result->n_hidden,
			 result->n_hidden == 1 ? "" : "s", result->hidden_points, result->hidden_points == 1 ? "" : "s",
			 result->n_hidden == 1 ? "s" : "", result->n_hidden == 1 ? "is" : "are");
}

const char *report_format_names(void)
{
	return "text, json, github, sarif, junit, tap, gradescope, classroom50, markdown, summary, csv, canvas, "
	       "moodle, html";
}
