/* What --watch says after each grading: what has changed since the one before. */
#ifndef WATCH_CHANGE_H
#define WATCH_CHANGE_H

#include <stddef.h>
#include <stdio.h>

#include "report.h"
#include "result.h"

/* "lock.c: 25 → 100; counter/data-race holds now": a line or a few for each submission of which there was a result
 * before. */
void watch_change_print(FILE *out, const struct report_style *style, struct result *const *before, size_t n_before,
			struct result *const *after, size_t n_after);

#endif
