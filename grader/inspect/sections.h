/* What sections add: local symbols, the compiler's name, debug information. The loader ignores them, so a file whose
 * sections are broken is one without sections, not a broken one. */
#ifndef INSPECT_SECTIONS_H
#define INSPECT_SECTIONS_H

#include "image.h"

struct local_symbol {
	const char *name; /* in the image */
	uint64_t offset;
	uint64_t size;
	unsigned char type;    /* STT_… */
	unsigned char binding; /* STB_… */
	unsigned char visibility;
	bool defined;
};

struct code_range {
	uint64_t begin, end;
};

struct sections {
	struct local_symbol *symbols; /* of .symtab */
	size_t n_symbols;
	char *compiler; /* of .comment, deduplicated, joined by "; "; NULL: unknown */
	bool debug_info;
	struct code_range *code; /* what is said to hold instructions */
	size_t n_code;
};

/* Whether instructions are said to lie there. Where nothing is said, they may lie anywhere. */
bool sections_has_code(const struct sections *sections, uint64_t address);

void sections_init(struct sections *sections, const struct image *image);
void sections_fini(struct sections *sections);

#endif
