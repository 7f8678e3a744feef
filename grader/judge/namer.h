/* Names for places of evidence: functions, lines, variables. Asks the debug information only when there is something to
 * name. */
#ifndef NAMER_H
#define NAMER_H

#include "kinds.h"
#include "result.h"
#include "wire_explore.h"

struct namer;
struct symbolizer;

/* `plugin_path` and `kind` belong to the caller and outlive the namer. */
struct namer *namer_create(const char *plugin_path, const struct plugin_kind *kind);
void namer_destroy(struct namer *namer);
const struct plugin_kind *namer_kind(const struct namer *namer);

/* Names are for these steps from now on: blocks of the heap that would have one name among them are numbered. */
void namer_begin_story(struct namer *namer, const struct explore_step *steps, size_t n);
void namer_end_story(struct namer *namer);

/* The code at `place`: fills *where (the caller frees its strings); false where nothing is known. `workload_path` says
 * which workload was loaded. */
bool namer_code(struct namer *namer, const char *workload_path, const struct wire_place *place,
		struct source_place *where);

/* The most telling entry of a stack: the innermost in the plugin, else the innermost that has a name. */
bool namer_stack(struct namer *namer, const char *workload_path, const struct wire_place *stack, size_t n,
		 struct source_place *where);

/* What lies at `address`, in words: "lock->flag[1]", "what the lock protects". Never NULL; the caller owns it. */
char *namer_data(struct namer *namer, const struct wire_place *address, unsigned size);

/* The value of the variable at `address`, in words, where it points to `at`: "NULL", "thread 0's block (line 12)",
 * "&lock->nodes[1]". NULL: the variable is not known to be a pointer (and that it is in a block of the heap, whose type
 * nobody knows, and the value an address in a live one, is to know it), or that has no name. The caller owns it. */
char *namer_value(struct namer *namer, const struct wire_place *address, unsigned size, uint64_t value,
		  const struct wire_place *at);

/* The same of an object of the library: without what its type has in it, which no student has written. */
char *namer_object(struct namer *namer, const struct wire_place *address);

/* Whether what lies there is declared volatile, as the debug information has it; false where that is not known. */
bool namer_is_volatile(struct namer *namer, const struct wire_place *address, unsigned size);

/* "release (mylock.c:17)", "release", "mylock.c:17"; "" where nothing is known. The caller owns it. */
char *place_text(const struct source_place *where);
void place_free(struct source_place *where);

#endif
