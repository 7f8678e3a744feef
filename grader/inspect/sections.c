#include "sections.h"

#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>

#define COMMENTS_MAX 8u
#define SYMBOLS_MAX (1u << 18)

/* libelf checks much, but trusts that a section header's offset and size were looked at. */
static bool headers_are_sane(const struct image *image)
{
	const Elf64_Ehdr *header = &image->header;
	if (header->e_shentsize != sizeof(Elf64_Shdr) || header->e_shnum == 0 || header->e_shnum >= SHN_LORESERVE ||
	    header->e_shstrndx >= header->e_shnum)
		return false;
	uint64_t length = (uint64_t)header->e_shnum * sizeof(Elf64_Shdr);
	if (header->e_shoff % sizeof(uint64_t) != 0 || header->e_shoff > image->size ||
	    length > image->size - header->e_shoff)
		return false;
	for (size_t i = 0; i < header->e_shnum; i++) {
		Elf64_Shdr section;
		memcpy(&section, image->bytes + header->e_shoff + i * sizeof(section), sizeof(section));
		bool in_file = section.sh_type != SHT_NOBITS && section.sh_type != SHT_NULL;
		if (in_file && (section.sh_offset > image->size || section.sh_size > image->size - section.sh_offset))
			return false;
	}
	return true;
}

/* The bytes of a section, straight from the image; NULL: none. */
static const char *section_bytes(const struct image *image, const GElf_Shdr *header)
{
	/* SHT_NULL: headers_are_sane() did not look at it, since it takes no bytes of the file. */
	if (header->sh_type == SHT_NOBITS || header->sh_type == SHT_NULL || header->sh_size == 0 ||
	    (header->sh_flags & SHF_COMPRESSED))
		return NULL;
	return (const char *)image->bytes + header->sh_offset;
}

static void read_comment(struct sections *sections, const struct image *image, const GElf_Shdr *header)
{
	const char *bytes = section_bytes(image, header);
	struct text all = { 0 };
	size_t count = 0;
	for (size_t i = 0; bytes != NULL && i < header->sh_size && count < COMMENTS_MAX;) {
		size_t length = strnlen(bytes + i, header->sh_size - i);
		char *comment = xstrndup(bytes + i, length < 200 ? length : 200);
		if (length > 0 && (all.data == NULL || strstr(all.data, comment) == NULL)) {
			text_printf(&all, "%s%s", all.length > 0 ? "; " : "", comment);
			count++;
		}
		free(comment);
		i += length + 1;
	}
	if (all.length > 0 && sections->compiler == NULL)
		sections->compiler = text_take(&all);
	text_free(&all);
}

static const char *symbol_name(const struct image *image, const GElf_Shdr *strings, uint64_t offset)
{
	const char *bytes = section_bytes(image, strings);
	if (bytes == NULL || offset >= strings->sh_size)
		return NULL;
	return memchr(bytes + offset, '\0', strings->sh_size - offset) != NULL ? bytes + offset : NULL;
}

static void read_symbols(struct sections *sections, const struct image *image, Elf *elf, const GElf_Shdr *header)
{
	GElf_Shdr strings;
	Elf_Scn *linked = elf_getscn(elf, header->sh_link);
	const char *bytes = section_bytes(image, header);
	size_t count = header->sh_size / sizeof(Elf64_Sym);
	if (linked == NULL || gelf_getshdr(linked, &strings) == NULL || bytes == NULL || count > SYMBOLS_MAX ||
	    sections->symbols != NULL)
		return;
	sections->symbols = xcalloc(count, sizeof(*sections->symbols));
	for (size_t i = 0; i < count; i++) {
		Elf64_Sym symbol;
		memcpy(&symbol, bytes + i * sizeof(symbol), sizeof(symbol));
		const char *name = symbol_name(image, &strings, symbol.st_name);
		if (name == NULL || *name == '\0')
			continue;
		sections->symbols[sections->n_symbols++] = (struct local_symbol){
			.name = name,
			.offset = symbol.st_value,
			.size = symbol.st_size,
			.type = ELF64_ST_TYPE(symbol.st_info),
			.binding = ELF64_ST_BIND(symbol.st_info),
			.visibility = ELF64_ST_VISIBILITY(symbol.st_other),
			.defined = symbol.st_shndx != SHN_UNDEF,
		};
	}
}

static void add_code(struct sections *sections, uint64_t begin, uint64_t size)
{
	if (size > UINT64_MAX - begin)
		return;
	sections->code = xrealloc(sections->code, (sections->n_code + 1) * sizeof(*sections->code));
	sections->code[sections->n_code++] = (struct code_range){ begin, begin + size };
}

bool sections_has_code(const struct sections *sections, uint64_t address)
{
	for (size_t i = 0; i < sections->n_code; i++) {
		if (address >= sections->code[i].begin && address < sections->code[i].end)
			return true;
	}
	return sections->n_code == 0;
}

static void read_section(struct sections *sections, const struct image *image, Elf *elf, Elf_Scn *section,
			 size_t names_index)
{
	GElf_Shdr header, names;
	Elf_Scn *names_section = elf_getscn(elf, names_index);
	if (gelf_getshdr(section, &header) == NULL || names_section == NULL ||
	    gelf_getshdr(names_section, &names) == NULL)
		return;
	const char *name = symbol_name(image, &names, header.sh_name);
	if (name == NULL)
		return;
	if ((header.sh_flags & SHF_EXECINSTR) != 0 && header.sh_type == SHT_PROGBITS)
		add_code(sections, header.sh_addr, header.sh_size);
	if (strcmp(name, ".comment") == 0)
		read_comment(sections, image, &header);
	else if (strcmp(name, ".debug_info") == 0 || strcmp(name, ".zdebug_info") == 0)
		sections->debug_info = header.sh_type != SHT_NOBITS && header.sh_size > 0;
	else if (header.sh_type == SHT_SYMTAB)
		read_symbols(sections, image, elf, &header);
}

void sections_init(struct sections *sections, const struct image *image)
{
	*sections = (struct sections){ 0 };
	if (!headers_are_sane(image) || elf_version(EV_CURRENT) == EV_NONE)
		return;
	Elf *elf = elf_memory((char *)image->bytes, image->size);
	if (elf == NULL)
		return;
	size_t names_index;
	if (elf_getshdrstrndx(elf, &names_index) == 0) {
		for (Elf_Scn *section = NULL; (section = elf_nextscn(elf, section)) != NULL;)
			read_section(sections, image, elf, section, names_index);
	}
	elf_end(elf);
}

void sections_fini(struct sections *sections)
{
	free(sections->symbols);
	free(sections->code);
	free(sections->compiler);
	*sections = (struct sections){ 0 };
}
