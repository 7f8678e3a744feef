/* What a worker prints: taken from its pipe so that it never blocks, and kept at both ends, since the middle is what
 * can be spared. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct output {
	size_t head_max, tail_max; /* bytes */
	char *head, *tail;         /* tail: a ring */
	size_t head_length, tail_length, tail_begin;
	uint64_t total;
};

void output_init(struct output *output, size_t bytes_max);
void output_fini(struct output *output);

/* Reads what there is from a descriptor that does not block. Returns false at its end. */
bool output_drain(struct output *output, int fd);

/* All that was kept, with a line in place of what was not; the caller owns it. NULL: nothing was printed. */
char *output_text(const struct output *output);

#endif
