/* A text's sentences (saying.h) as JSON, and back: an array of words, which are strings, and of sentences:
 *   { "sentence": "thread %u waits in %s()", "with": [["1"], ["acquire"]] }
 *   { "sentence": "%u step", "many": "%u steps", "count": 3, "with": [["3"]] }
 *   { "as": "sentence", "with": [[…]] }
 * The sentence is the English template, which is what a catalogue has it by. */
#ifndef SAYING_JSON_H
#define SAYING_JSON_H

#include <jansson.h>

/* A new reference. */
json_t *saying_to_json(const char *said);
/* The caller owns it; what is not understood is left out. */
char *saying_from_json(const json_t *array);

#endif
