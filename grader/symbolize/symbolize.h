/* From offsets to words: functions, source lines, variables, members, by the DWARF of a shared object.
 *
 * The DWARF is a stranger's, and libdw was not written against enemies: a child process reads it, with limits on time
 * and memory, and a question that kills the child is answered "unknown", as is everything where there is no debug
 * information. One thread at a time. */
#ifndef SYMBOLIZE_H
#define SYMBOLIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "fault.h"
#include "result.h"

struct symbolizer;

/* Opens the shared object `path` (the private copy). Returns 0 and *symbolizer, or a negative errno value and *fault
 * (FAULT_MACHINE: no process, no descriptors). A file without debug information, or a broken one, is no fault. */
int symbolizer_open(struct symbolizer **symbolizer, const char *path, struct fault *fault);
void symbolizer_close(struct symbolizer *symbolizer);

/* The place of the code at `offset` from the module's load base. Fills *place (the caller owns the strings): the
 * function, its file relative to the submission, and line; for inlined code those of the innermost function whose
 * line is the submission's (not in a header of the library, whose line is nobody's). `outer`,
 * unless NULL, gets the name of the function that it was inlined into (NULL: not inlined). Unknown: NULL and 0; false
 * if all are. */
bool symbolizer_place(struct symbolizer *symbolizer, uint64_t offset, struct source_place *place, char **outer);

/* What the debug information says of a variable or member; all false where nothing is known. */
struct data_type {
	bool is_volatile; /* its type says so, or that of what it is a part of */
	bool is_pointer;
	uint64_t pointed; /* is_pointer: bytes of what it points to; 0: unknown */
};

/* The variable at `offset` from the load base, with the path into it ("turn", "nodes[2].next"), `size` bytes (0:
 * unknown). The caller owns the string. NULL: unknown. *type, unless NULL, is told. */
char *symbolizer_variable(struct symbolizer *symbolizer, uint64_t offset, uint64_t size, struct data_type *type);

/* The member at `offset` of `struct <tag>`, with the tag as the pointer's name: "lock->flag[1]". The caller owns the
 * string. NULL: unknown. A union: the first member that has exactly this offset and size. */
char *symbolizer_member(struct symbolizer *symbolizer, const char *tag, uint64_t offset, uint64_t size,
			struct data_type *type);

/* What lies `within` bytes behind what the pointer at `offset` of `struct <tag>` points to: "lock->nodes[1].next",
 * "lock->state->turn". The caller owns the string. NULL: unknown. */
char *symbolizer_pointed(struct symbolizer *symbolizer, const char *tag, uint64_t offset, uint64_t within,
			 uint64_t size, struct data_type *type);

#endif
