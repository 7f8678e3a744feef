#include "dwarf_file.h"

#include <gelf.h>
#include <stdio.h>
#include <string.h>

static bool ends_with_nul(Elf_Scn *section)
{
	const Elf_Data *data = elf_rawdata(section, NULL);
	/* One that the file says to be there, and has no bytes for, is as bad. */
	return data != NULL &&
	       (data->d_size == 0 || (data->d_buf != NULL && ((const char *)data->d_buf)[data->d_size - 1] == '\0'));
}

/* libdw (0.188) takes the length of what a line table names in a section of strings without looking for the section's
 * end. */
static bool strings_end(Elf *elf)
{
	size_t names;
	if (elf_getshdrstrndx(elf, &names) < 0)
		return false;
	for (Elf_Scn *section = NULL; (section = elf_nextscn(elf, section)) != NULL;) {
		GElf_Shdr header;
		const char *name =
		    gelf_getshdr(section, &header) != NULL ? elf_strptr(elf, names, header.sh_name) : NULL;
		bool strings =
		    name != NULL && (strcmp(name, ".debug_str") == 0 || strcmp(name, ".debug_line_str") == 0);
		if (strings && (header.sh_flags & SHF_COMPRESSED) == 0 && !ends_with_nul(section))
			return false;
	}
	return true;
}

void dwarf_file_init(struct dwarf_file *file, int fd)
{
	*file = (struct dwarf_file){ 0 };
	if (elf_version(EV_CURRENT) == EV_NONE)
		return;
	file->elf = elf_begin(fd, ELF_C_READ, NULL);
	if (file->elf != NULL && elf_kind(file->elf) == ELF_K_ELF && strings_end(file->elf))
		file->dwarf = dwarf_begin_elf(file->elf, DWARF_C_READ, NULL);
}

void dwarf_file_fini(struct dwarf_file *file)
{
	dwarf_end(file->dwarf);
	elf_end(file->elf);
}

void answer_set(char *field, const char *string)
{
	snprintf(field, ANSWER_NAME_MAX, "%s", string);
}

bool dwarf_file_next_unit(struct dwarf_file *file, Dwarf_CU **position, Dwarf_Die *unit)
{
	return file->dwarf != NULL && dwarf_get_units(file->dwarf, *position, position, NULL, NULL, unit, NULL) == 0;
}

static const char *symbol_in(Elf *elf, Elf_Scn *section, const GElf_Shdr *header, uint64_t offset, unsigned char type,
			     uint64_t *within)
{
	Elf_Data *data = elf_getdata(section, NULL);
	size_t count = header->sh_entsize != 0 ? header->sh_size / header->sh_entsize : 0;
	GElf_Sym symbol;
	for (size_t i = 0; data != NULL && i < count && gelf_getsym(data, (int)i, &symbol) != NULL; i++) {
		if (GELF_ST_TYPE(symbol.st_info) == type && symbol.st_shndx != SHN_UNDEF && offset >= symbol.st_value &&
		    offset - symbol.st_value < symbol.st_size) {
			*within = offset - symbol.st_value;
			return elf_strptr(elf, header->sh_link, symbol.st_name);
		}
	}
	return NULL;
}

const char *dwarf_file_symbol(struct dwarf_file *file, uint64_t offset, unsigned char type, uint64_t *within)
{
	const char *name = NULL;
	GElf_Shdr header;
	if (file->elf == NULL)
		return NULL;
	for (Elf_Scn *section = NULL; name == NULL && (section = elf_nextscn(file->elf, section)) != NULL;) {
		if (gelf_getshdr(section, &header) != NULL &&
		    (header.sh_type == SHT_SYMTAB || header.sh_type == SHT_DYNSYM))
			name = symbol_in(file->elf, section, &header, offset, type, within);
	}
	return name;
}
