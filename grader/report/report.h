/* Renders results. Knows nothing of how they came about. Whatever a student's code printed or named is made harmless
 * for where it goes: no control bytes reach a terminal, no invalid UTF-8 a JSON file. */
#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "escape.h"
#include "result.h"

struct report_style {
	bool color;   /* ANSI colours */
	bool utf8;    /* the reader's character set has ✓, ✗ and arrows */
	bool verbose; /* also what the engines said of checks that passed */
};

/* A format, from one result at a time. Functions that are not needed are NULL. All return 0, or -EIO. */
struct report_format {
	const char *name;
	int (*begin)(FILE *out, const struct report_style *style);
	int (*result)(FILE *out, const struct report_style *style, const struct result *result);
	int (*end)(FILE *out, const struct report_style *style);
};

extern const struct report_format report_text;
extern const struct report_format report_json;

/* NULL: there is none of that name. */
const struct report_format *report_format_find(const char *name);
/* "text, json, …" */
const char *report_format_names(void);

#endif
