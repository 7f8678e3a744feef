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
	bool color;         /* ANSI colours */
	bool utf8;          /* the reader's character set has ✓, ✗ and arrows */
	bool verbose;       /* also what the engines said of checks that passed */
	bool reveal_hidden; /* hidden checks are told like others */
	bool short_names;   /* members without the object that they are in */
	bool joined;        /* steps that make sense together in one row (rows.h) */
	bool plain;         /* no columns: for screen readers and terminals that cannot place text */
	unsigned columns;   /* of the page; 0: REPORT_COLUMNS */
};

enum { REPORT_COLUMNS = 80, REPORT_COLUMNS_LEAST = 40 };

/* How many columns the page has. */
unsigned report_columns(const struct report_style *style);

/* Prints safe text (escape_terminal()), broken at spaces where the page ends: its lines begin after `indent` columns,
 * and after `hanging` columns where one goes on. */
void report_wrap(FILE *out, const struct report_style *style, unsigned indent, unsigned hanging, const char *safe);

/* A format. It has one of the first two: `one` is called for each result as soon as there is one, `all` once, with all
 * results of the run, when there will be no more. Both return 0, or -EIO. */
struct report_format {
	const char *name;
	bool terms;        /* it tells several results folders apart */
	bool for_students; /* it is given what students may see (student_view.h), unless hidden checks are revealed */
	bool points_only;  /* it makes do with what result_keep_points() leaves */
	bool spaced;       /* of those with `one`: an empty line between two results */
	int (*one)(FILE *out, const struct report_style *style, const struct result *result);
	int (*all)(FILE *out, const struct report_style *style, const struct result *const *results, size_t n);
	/* Of those with `one`: what the document is where there was nothing to grade. */
	int (*none)(FILE *out, const struct report_style *style);
};

extern const struct report_format report_text, report_json, report_github, report_gradescope, report_classroom50;
extern const struct report_format report_summary, report_csv, report_canvas, report_moodle, report_junit, report_tap,
    report_sarif, report_markdown, report_html, report_lecture;

/* "pass", "fail", "error" for people: a msgid. */
const char *report_verdict_words(enum verdict verdict);

/* How a check is shown: its status, but that a remark that does not hold is no failure. */
enum report_look { LOOK_PASS, LOOK_FAIL, LOOK_UNDECIDED, LOOK_ERROR, LOOK_UNCOUNTED, LOOK_REMARK, LOOK_COUNT };
enum report_look report_look(const struct check_result *check);
/* In words: a msgid. */
const char *report_look_words(enum report_look look);

/* "Explored: all executions there are.": NULL: nothing is known of that. The caller owns it. */
char *report_explored(const struct check_result *check);
/* "Builds on: counter/mutual-exclusion." NULL: on nothing. The caller owns it. */
char *report_requires(const struct check_result *check);

/* How many hidden checks there are, as a sentence without its full stop: "2 hidden checks, worth 20 points, count too
 * and are not shown". NULL: none. The caller owns it. */
char *report_hidden_note(const struct result *result);

/* NULL: there is none of that name. */
const struct report_format *report_format_find(const char *name);
/* "text, json, …" */
const char *report_format_names(void);

#endif
