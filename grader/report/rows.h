/* A counterexample as the rows that a reader sees: steps in words, what matters least folded. */
#ifndef ROWS_H
#define ROWS_H

#include "report.h"

struct row {
	unsigned thread;
	char *text;         /* safe for a terminal; begins with two spaces for what happens inside of an operation */
	char *place;        /* "line 16", "stock.h:47", "": none */
	size_t first, last; /* the steps that it stands for, both included */
	bool across;        /* of several threads at once: it has no column */
};

struct rows {
	size_t n;
	struct row *row;
	unsigned threads; /* the highest number of a thread, and one */
	bool folded;      /* some row stands for steps that are not told one by one */
};

/* The rows of a counterexample. Folded, unless `style->verbose`: what a thread does to the workload's data in a row;
 * and, in a story that would have more than ROWS_WHOLE rows, calls that ran from beginning to end without interruption
 * and in which nothing was out of the ordinary. The last call of each thread and what can repeat for ever are told
 * whole. If `style->joined`, a call shares its row with its first step if that comes next, and who waits for ever with
 * others. */
struct rows rows_create(const struct counterexample *counterexample, const struct report_style *style);
void rows_free(struct rows *rows);

enum { ROWS_WHOLE = 16 };

#endif
