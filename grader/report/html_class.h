/* A class on the HTML page: what the table shows of each submission at once, and all of each, packed, for who opens it.
 */
#ifndef HTML_CLASS_H
#define HTML_CLASS_H

#include <jansson.h>
#include <stdio.h>

#include "result.h"

/* The table: {
 *   "checks":  distinct outcomes of checks: { id, status, max_score, cause, coverage }
 *   "causes":  { words, mistake, remark, ids }, the commonest first
 *   "rows":    [ key, name, id, submission, verdict, score, max_score, exercise, [index into checks, …], hidden ]
 *   "blocks":  how many results each block of the details has } */
json_t *html_class(const struct result *const *results, size_t n);

/* The details: blocks of results, each a <script> of base64 of zlib's format of a JSON array. 0, or -EIO. */
int html_put_details(FILE *out, const struct result *const *results, size_t n);

#endif
