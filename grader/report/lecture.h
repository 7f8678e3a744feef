/* What a lecture shows of a class, or of several terms, as the page's scripts read it. */
#ifndef LECTURE_H
#define LECTURE_H

#include <jansson.h>

#include "result.h"

/* {
 *   "exercise": …, "terms": { name, results, graded, mean, median, histogram },
 *   "tallies": { id, remark, share, terms: [share or null, …] }, what most have right first,
 *   "causes":  { words, mistake, remark, ids, results, share, terms: [count, …], check, source }, "left": causes not
 * told } A cause's check and source are those of one submission, by which nobody can tell whose it is: without names of
 * people and files, and without comments. */
json_t *lecture_json(const struct result *const *results, size_t n);

#endif
