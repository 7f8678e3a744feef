/* Writing CSV (RFC 4180). */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H

#include <stdio.h>

/* Writes one field, quoted where needed. A text that a spreadsheet would take for a formula (= + - @, tab, return) gets
 * an apostrophe in front. `last`: ends the row. */
void csv_field(FILE *out, const char *text, int last);

#endif
