/* --format and --output: each --format begins a report, and an --output after it says where it goes. */
#ifndef OUTPUTS_H
#define OUTPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "report.h"

enum { OUTPUTS_MAX = 16 };

struct outputs {
	size_t n;
	bool reveal_hidden; /* hidden checks are told in all formats */
	bool plain;         /* no columns, whatever the terminal can do */
	struct {
		const struct report_format *format;
		const char *path; /* NULL: standard output */
		char *temporary;  /* what is written first */
		FILE *file;
		struct report_style style;
		size_t told; /* results, one by one */
	} list[OUTPUTS_MAX];
};

/* Take the options' arguments. Return NULL, or what is wrong with it (a sentence; the caller owns it). */
char *outputs_format(struct outputs *outputs, const char *name);
char *outputs_path(struct outputs *outputs, const char *path);

/* Opens all; a report in text on standard output is the default. Returns 0, or -1 after having complained. */
int outputs_open(struct outputs *outputs, bool verbose, const char *color);
/* What a terminal takes, or a file: its width and its characters. */
struct report_style outputs_style_of(FILE *file);
/* Reports one result in the formats that take them one by one. */
int outputs_result(struct outputs *outputs, const struct result *result);
/* Reports all in the formats that take them together: once, at the end. */
int outputs_all(struct outputs *outputs, const struct result *const *results, size_t n);
/* Whether some report tells all, hidden checks too. If none does, nothing else is to tell of them either. */
bool outputs_tell_all(const struct outputs *outputs);
/* Puts the files in their places: one that could not be written leaves what was there before. */
int outputs_close(struct outputs *outputs);

#endif
