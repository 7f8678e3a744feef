/* The dynamic section: what the loader goes by. Sections may lie or be missing; this may not. */
#ifndef INSPECT_DYNAMIC_H
#define INSPECT_DYNAMIC_H

#include "image.h"

struct dynamic {
	const struct image *image;
	Elf64_Dyn *entries;
	size_t n_entries;
	const char *strings; /* ends with a NUL */
	size_t strings_size;
	Elf64_Sym *symbols;
	size_t n_symbols;
	Elf64_Rela *relocations; /* DT_RELA and DT_JMPREL; those of DT_RELR as R_X86_64_RELATIVE */
	size_t n_relocations;
};

/* Reads and checks. 0 or a fault of the submission. dynamic_fini() always. */
int dynamic_init(struct dynamic *dynamic, const struct image *image, struct fault *fault);
void dynamic_fini(struct dynamic *dynamic);

/* The value of the first entry with this tag; false: none. */
bool dynamic_value(const struct dynamic *dynamic, int64_t tag, uint64_t *value);

/* A string of the string table; NULL if it lies outside. */
const char *dynamic_string(const struct dynamic *dynamic, uint64_t offset);
const char *dynamic_symbol_name(const struct dynamic *dynamic, size_t index);

#endif
