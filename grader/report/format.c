#include <string.h>

#include "report.h"

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

const char *report_format_names(void)
{
	return "text, json, github, sarif, junit, tap, gradescope, classroom50, markdown, summary, csv, canvas, "
	       "moodle, html";
}
