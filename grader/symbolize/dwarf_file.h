/* Reads DWARF in the process that calls: only ever the symbolizer's child. Everything that is not found leaves the
 * answer as it was. */
#ifndef SYMBOLIZE_DWARF_FILE_H
#define SYMBOLIZE_DWARF_FILE_H

#include <elfutils/libdw.h>
#include <stdbool.h>
#include <stdint.h>

#include "question.h"

struct dwarf_file {
	Elf *elf;
	Dwarf *dwarf; /* NULL: no debug information */
};

void dwarf_file_init(struct dwarf_file *file, int fd);
void dwarf_file_fini(struct dwarf_file *file);

void dwarf_file_place(struct dwarf_file *file, uint64_t offset, struct answer *answer);
void dwarf_file_variable(struct dwarf_file *file, uint64_t offset, uint64_t size, struct answer *answer);
void dwarf_file_member(struct dwarf_file *file, const char *tag, uint64_t offset, uint64_t size, struct answer *answer);
void dwarf_file_pointed(struct dwarf_file *file, const char *tag, uint64_t offset, uint64_t within, uint64_t size,
			struct answer *answer);

/* The next unit's DIE, NULL to begin with *position = NULL; false: no more. */
bool dwarf_file_next_unit(struct dwarf_file *file, Dwarf_CU **position, Dwarf_Die *unit);

/* The symbol of `type` (STT_…) that covers the offset, and how far into it; NULL: none. */
const char *dwarf_file_symbol(struct dwarf_file *file, uint64_t offset, unsigned char type, uint64_t *within);

/* Cuts what does not fit. */
void answer_set(char *field, const char *string);

#endif
