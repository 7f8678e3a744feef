/* A result as JSON, and back: report/schema/result-2.json; results of version 1 can still be read. */
#ifndef RESULT_JSON_H
#define RESULT_JSON_H

#include <jansson.h>

#include "result.h"

#define RESULT_SCHEMA "syncgrade/result/2"

/* How much of a result is told. */
enum result_json_extent {
	RESULT_JSON_PLAIN,       /* "source" is null */
	RESULT_JSON_WITH_SOURCE, /* with the submitted source */
	RESULT_JSON_OF_A_PAGE    /* the same, in one language: without what texts are made of */
};

/* A string with what is no UTF-8 escaped; null for NULL. A new reference. */
json_t *json_text(const char *bytes);

/* A new reference; NULL only where memory is short. */
json_t *result_to_json(const struct result *result, enum result_json_extent extent);

/* The result that `root` describes, which the caller owns; NULL if it does not describe one, and then *problem is a
 * sentence (a constant). What is read may have been edited by hand: nothing in it is believed beyond its type and
 * range. */
struct result *result_from_json(const json_t *root, const char **problem);

#endif
