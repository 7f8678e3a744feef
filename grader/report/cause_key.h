/* What counts as one cause in the statistics of a class: sentences differ in their numbers and in the names of each
 * student's functions and variables, causes do not. */
#ifndef CAUSE_KEY_H
#define CAUSE_KEY_H

#include "result.h"

/* Of a failed check: two failures with the same key have one cause. The caller owns it. A known mistake is the cause
 * by its name; else it is the property and the sentences that the message was made of, in whatever language it was
 * told; of a message that was not made of any (`result` has none, or may be NULL), its words without what is somebody's
 * own (cause_words()). Nothing else decides which failures are counted together. */
char *cause_key(const struct result *result, const struct check_result *check);

/* A message without numbers, places, and names of functions and variables, each of which is "…"; what is said several
 * times, thread by thread, stands there once. The caller owns it. */
char *cause_words(const char *message);

#endif
