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

struct sections {
	struct local_symbol *symbols; /* of .symtab */
	size_t n_symbols;
	char *compiler; /* of .comment, deduplicated, joined by "; "; NULL: unknown */
	bool debug_info;
};

void sections_init(struct sections *sections, const struct image *image);
void sections_fini(struct sections *sections);

#endif
