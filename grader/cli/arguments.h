/* Arguments of options that several commands have. Each returns NULL, or what is wrong (a sentence; the caller owns
 * it). */
#ifndef ARGUMENTS_H
#define ARGUMENTS_H

#include <stdint.h>

/* "explore,tsan": sets bit 1 << enum engine_id of each. */
char *read_engines(const char *list, uint32_t *engines);

/* A number from 1 to `most`; `option` is named in the sentence. */
char *read_number(const char *option, const char *text, unsigned most, unsigned *number);

#endif
