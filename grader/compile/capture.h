/* What a process prints, bounded: the head and the tail are kept, and what is left out between them is counted. */
#ifndef COMPILE_CAPTURE_H
#define COMPILE_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text.h"

struct capture {
	size_t half_max; /* bytes of head, and of tail */
	struct text head;
	char *tail; /* a ring of half_max bytes */
	uint64_t tail_total;
};

void capture_init(struct capture *capture, size_t bytes_max);
void capture_add(struct capture *capture, const char *bytes, size_t length);
/* Whether the last of it, as far as it is kept, has `words` in it. */
bool capture_has(const struct capture *capture, const char *words);
/* All of it, as one string that the caller owns; NUL bytes become '?'. Ends the capture. */
char *capture_take(struct capture *capture);

#endif
