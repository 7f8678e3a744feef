#include "dynamic.h"
#include "translate.h"

#include <stdlib.h>
#include <string.h>

#define RELOCATIONS_MAX (1u << 20)

static int read_entries(struct dynamic *dynamic, struct fault *fault)
{
	const struct image *image = dynamic->image;
	const Elf64_Phdr *segment = image_segment(image, PT_DYNAMIC);
	if (segment == NULL)
		return fault_submission(fault, _("%s: has no dynamic section; link it with gcc -shared"), image->path);
	size_t most = segment->p_memsz / sizeof(Elf64_Dyn);
	const uint8_t *bytes = image_at(image, segment->p_vaddr, most * sizeof(Elf64_Dyn));
	if (bytes == NULL)
		return image_damaged(image, fault, _("its dynamic section lies outside the file"));
	dynamic->entries = xcalloc(most, sizeof(Elf64_Dyn));
	memcpy(dynamic->entries, bytes, most * sizeof(Elf64_Dyn));
	for (size_t i = 0; i < most; i++) {
		if (dynamic->entries[i].d_tag == DT_NULL) {
			dynamic->n_entries = i;
			return 0;
		}
	}
	return image_damaged(image, fault, _("its dynamic section has no end"));
}

bool dynamic_value(const struct dynamic *dynamic, int64_t tag, uint64_t *value)
{
	for (size_t i = 0; i < dynamic->n_entries; i++) {
		if (dynamic->entries[i].d_tag == tag) {
			*value = dynamic->entries[i].d_un.d_val;
			return true;
		}
	}
	return false;
}

static int read_strings(struct dynamic *dynamic, struct fault *fault)
{
	uint64_t address, size;
	if (!dynamic_value(dynamic, DT_STRTAB, &address) || !dynamic_value(dynamic, DT_STRSZ, &size))
		return image_damaged(dynamic->image, fault, _("its dynamic section has no strings"));
	const uint8_t *strings = image_at(dynamic->image, address, size);
	if (strings == NULL || size == 0 || strings[size - 1] != '\0')
		return image_damaged(dynamic->image, fault, _("its string table lies outside the file or has no end"));
	dynamic->strings = (const char *)strings;
	dynamic->strings_size = (size_t)size;
	return 0;
}

const char *dynamic_string(const struct dynamic *dynamic, uint64_t offset)
{
	return offset < dynamic->strings_size ? dynamic->strings + offset : NULL;
}

const char *dynamic_symbol_name(const struct dynamic *dynamic, size_t index)
{
	return index < dynamic->n_symbols ? dynamic_string(dynamic, dynamic->symbols[index].st_name) : NULL;
}

static bool read_word(const struct image *image, uint64_t address, uint32_t *word)
{
	const uint8_t *bytes = image_at(image, address, sizeof(*word));
	if (bytes != NULL)
		memcpy(word, bytes, sizeof(*word));
	return bytes != NULL;
}

/* How many symbols the GNU hash table knows of: the end of the last chain. */
static bool count_gnu_hash(const struct image *image, uint64_t address, uint64_t *count)
{
	uint32_t n_buckets, first, n_bloom, last = 0;
	if (!read_word(image, address, &n_buckets) || !read_word(image, address + 4, &first) ||
	    !read_word(image, address + 8, &n_bloom) || n_buckets == 0)
		return false;
	uint64_t buckets = address + 16 + UINT64_C(8) * n_bloom, chains = buckets + UINT64_C(4) * n_buckets;
	/* In one piece, so that a huge count is refused before it is walked. */
	const uint8_t *table = image_at(image, buckets, UINT64_C(4) * n_buckets);
	if (table == NULL)
		return false;
	for (uint32_t i = 0; i < n_buckets; i++) {
		uint32_t bucket;
		memcpy(&bucket, table + UINT64_C(4) * i, sizeof(bucket));
		if (bucket != 0 && bucket < first)
			return false;
		last = bucket > last ? bucket : last;
	}
	*count = first;
	for (uint32_t hash = 0; last != 0 && (hash & 1) == 0; last++) {
		if (!read_word(image, chains + UINT64_C(4) * (last - first), &hash))
			return false;
		*count = (uint64_t)last + 1;
	}
	return true;
}

static bool count_hash(const struct image *image, uint64_t address, uint64_t *count)
{
	uint32_t n_buckets, n_chains;
	if (!read_word(image, address, &n_buckets) || !read_word(image, address + 4, &n_chains) || n_buckets == 0)
		return false;
	*count = n_chains;
	return image_at(image, address + 8, UINT64_C(4) * ((uint64_t)n_buckets + n_chains)) != NULL;
}

/* The symbol table has no length of its own: the hash tables and the relocations tell. */
static int count_symbols(const struct dynamic *dynamic, uint64_t *count, struct fault *fault)
{
	uint64_t address, gnu = 0, sysv = 0, highest = 0;
	bool has_gnu = dynamic_value(dynamic, DT_GNU_HASH, &address);
	if (has_gnu && !count_gnu_hash(dynamic->image, address, &gnu))
		return image_damaged(dynamic->image, fault, _("its hash table is inconsistent"));
	bool has_sysv = dynamic_value(dynamic, DT_HASH, &address);
	if (has_sysv && !count_hash(dynamic->image, address, &sysv))
		return image_damaged(dynamic->image, fault, _("its hash table is inconsistent"));
	if (!has_gnu && !has_sysv)
		return image_damaged(dynamic->image, fault, _("it has no hash table"));
	for (size_t i = 0; i < dynamic->n_relocations; i++) {
		uint64_t symbol = ELF64_R_SYM(dynamic->relocations[i].r_info);
		highest = symbol >= highest ? symbol + 1 : highest;
	}
	*count = gnu > sysv ? gnu : sysv;
	*count = highest > *count ? highest : *count;
	return 0;
}

static int read_symbols(struct dynamic *dynamic, struct fault *fault)
{
	uint64_t address, entry_size, count = 0;
	if (!dynamic_value(dynamic, DT_SYMTAB, &address) || !dynamic_value(dynamic, DT_SYMENT, &entry_size) ||
	    entry_size != sizeof(Elf64_Sym))
		return image_damaged(dynamic->image, fault, _("its dynamic section has no symbols"));
	int r = count_symbols(dynamic, &count, fault);
	if (r < 0)
		return r;
	const uint8_t *bytes = image_at(dynamic->image, address, count * sizeof(Elf64_Sym));
	if (bytes == NULL)
		return image_damaged(dynamic->image, fault, _("its symbols lie outside the file"));
	dynamic->symbols = xcalloc(count, sizeof(Elf64_Sym));
	memcpy(dynamic->symbols, bytes, count * sizeof(Elf64_Sym));
	dynamic->n_symbols = count;
	for (size_t i = 0; i < count; i++) {
		if (dynamic_symbol_name(dynamic, i) == NULL)
			return image_damaged(dynamic->image, fault, _("a symbol has no name"));
	}
	return 0;
}

static int add_relocations(struct dynamic *dynamic, uint64_t address, uint64_t size, struct fault *fault)
{
	const uint8_t *bytes = image_at(dynamic->image, address, size);
	size_t count = (size_t)(size / sizeof(Elf64_Rela));
	if (bytes == NULL || size % sizeof(Elf64_Rela) != 0 || count > RELOCATIONS_MAX)
		return image_damaged(dynamic->image, fault, _("its relocations lie outside the file"));
	size_t old = dynamic->n_relocations;
	dynamic->relocations = xrealloc(dynamic->relocations, (old + count) * sizeof(Elf64_Rela));
	memcpy(dynamic->relocations + old, bytes, count * sizeof(Elf64_Rela));
	dynamic->n_relocations += count;
	return 0;
}

/* One packed relocation: the word in place is the addend. */
static void add_relative(struct dynamic *dynamic, uint64_t address)
{
	uint64_t addend = 0;
	image_read(dynamic->image, address, &addend, sizeof(addend));
	dynamic->relocations = xrealloc(dynamic->relocations, (dynamic->n_relocations + 1) * sizeof(Elf64_Rela));
	dynamic->relocations[dynamic->n_relocations++] =
	    (Elf64_Rela){ address, ELF64_R_INFO(0, R_X86_64_RELATIVE), (int64_t)addend };
}

static int add_packed(struct dynamic *dynamic, uint64_t address, uint64_t size, struct fault *fault)
{
	const uint8_t *bytes = image_at(dynamic->image, address, size);
	if (bytes == NULL || size % sizeof(uint64_t) != 0 || size > RELOCATIONS_MAX)
		return image_damaged(dynamic->image, fault, _("its relocations lie outside the file"));
	uint64_t where = 0;
	for (uint64_t i = 0; i < size; i += sizeof(uint64_t)) {
		uint64_t word;
		memcpy(&word, bytes + i, sizeof(word));
		if ((word & 1) == 0) {
			add_relative(dynamic, word);
			where = word + sizeof(uint64_t);
			continue;
		}
		for (unsigned bit = 1; bit < 64; bit++) {
			if ((word >> bit) & 1)
				add_relative(dynamic, where + (bit - 1) * sizeof(uint64_t));
		}
		where += 63 * sizeof(uint64_t);
	}
	return 0;
}

static int check_relocations(const struct dynamic *dynamic, struct fault *fault)
{
	for (size_t i = 0; i < dynamic->n_relocations; i++) {
		const Elf64_Rela *relocation = &dynamic->relocations[i];
		if (ELF64_R_TYPE(relocation->r_info) != R_X86_64_NONE &&
		    image_loaded(dynamic->image, relocation->r_offset, sizeof(uint64_t)) == NULL)
			return image_damaged(dynamic->image, fault, _("a relocation leads outside the segments"));
	}
	return 0;
}

static int read_relocations(struct dynamic *dynamic, struct fault *fault)
{
	uint64_t address, size, kind;
	int r = 0;
	if (dynamic_value(dynamic, DT_REL, &address) || (dynamic_value(dynamic, DT_PLTREL, &kind) && kind != DT_RELA) ||
	    (dynamic_value(dynamic, DT_RELAENT, &size) && size != sizeof(Elf64_Rela)))
		return image_damaged(dynamic->image, fault, _("its relocations are not those of x86-64"));
	if (dynamic_value(dynamic, DT_RELA, &address) && dynamic_value(dynamic, DT_RELASZ, &size))
		r = add_relocations(dynamic, address, size, fault);
	if (r == 0 && dynamic_value(dynamic, DT_JMPREL, &address) && dynamic_value(dynamic, DT_PLTRELSZ, &size))
		r = add_relocations(dynamic, address, size, fault);
	if (r == 0 && dynamic_value(dynamic, DT_RELR, &address) && dynamic_value(dynamic, DT_RELRSZ, &size))
		r = add_packed(dynamic, address, size, fault);
	return r == 0 ? check_relocations(dynamic, fault) : r;
}

/* Names and functions that the loader follows blindly. */
static int check_entries(const struct dynamic *dynamic, struct fault *fault)
{
	uint64_t address, size;
	for (size_t i = 0; i < dynamic->n_entries; i++) {
		int64_t tag = dynamic->entries[i].d_tag;
		bool name = tag == DT_NEEDED || tag == DT_SONAME || tag == DT_RPATH || tag == DT_RUNPATH;
		if (name && dynamic_string(dynamic, dynamic->entries[i].d_un.d_val) == NULL)
			return image_damaged(dynamic->image, fault, _("a name lies outside its string table"));
		bool code = tag == DT_INIT || tag == DT_FINI;
		if (code && image_at(dynamic->image, dynamic->entries[i].d_un.d_ptr, 1) == NULL)
			return image_damaged(dynamic->image, fault, _("its start-up code lies outside the file"));
	}
	if (dynamic_value(dynamic, DT_INIT_ARRAY, &address) && dynamic_value(dynamic, DT_INIT_ARRAYSZ, &size) &&
	    image_loaded(dynamic->image, address, size) == NULL)
		return image_damaged(dynamic->image, fault, _("its constructors lie outside the segments"));
	if (dynamic_value(dynamic, DT_FINI_ARRAY, &address) && dynamic_value(dynamic, DT_FINI_ARRAYSZ, &size) &&
	    image_loaded(dynamic->image, address, size) == NULL)
		return image_damaged(dynamic->image, fault, _("its destructors lie outside the segments"));
	return 0;
}

int dynamic_init(struct dynamic *dynamic, const struct image *image, struct fault *fault)
{
	*dynamic = (struct dynamic){ .image = image };
	int r;
	if ((r = read_entries(dynamic, fault)) < 0 || (r = read_strings(dynamic, fault)) < 0 ||
	    (r = read_relocations(dynamic, fault)) < 0 || (r = read_symbols(dynamic, fault)) < 0)
		return r;
	return check_entries(dynamic, fault);
}

void dynamic_fini(struct dynamic *dynamic)
{
	free(dynamic->entries);
	free(dynamic->symbols);
	free(dynamic->relocations);
	*dynamic = (struct dynamic){ 0 };
}
