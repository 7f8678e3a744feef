/* A result as JSON, and back: report/schema/result-1.json. */
#ifndef RESULT_JSON_H
#define RESULT_JSON_H

#include <jansson.h>

#include "result.h"

/* A new reference; NULL only where memory is short. */
json_t *result_to_json(const struct result *result);

/* The result that `root` describes, which the caller owns; NULL if it does not describe one, and then *problem is a
 * sentence (a constant). What is read may have been edited by hand: nothing in it is believed beyond its type and
 * range. */
struct result *result_from_json(const json_t *root, const char **problem);

#endif
