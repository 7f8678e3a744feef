#include "descriptor.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "translate.h"

/* How a kind's descriptor lies in memory (kinds.h): two numbers, the size, pointers to functions. */
enum { AT_ABI = 0, AT_SECOND = 4, AT_SIZE = 8, AT_INIT = 16, POINTER_BYTES = 8 };

static uint64_t descriptor_bytes(const struct plugin_kind *kind)
{
	return AT_INIT + (kind->n_operations + 2u) * POINTER_BYTES;
}

#define NEAR_MISSES_MAX 4u

/* Edit distance (Levenshtein 1966), case ignored; `most` + 1 when it is more. */
static size_t distance(const char *left, const char *right, size_t most)
{
	enum { MOST = KIND_SYMBOL_BYTES };
	size_t row[MOST], n = strlen(right), m = strlen(left);
	if (n >= MOST || m >= MOST || (m > n ? m - n : n - m) > most)
		return most + 1;
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; i <= m; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t replace =
			    diagonal + (tolower((unsigned char)left[i - 1]) != tolower((unsigned char)right[j - 1]));
			diagonal = row[j];
			size_t shift = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
			row[j] = replace < shift ? replace : shift;
		}
	}
	return row[n];
}

/* The kind whose symbol the name is, or is the C++ name of, or has up to two slips of. NULL: none. */
static const struct plugin_kind *nearest_kind(const struct kinds *kinds, const char *name)
{
	const struct plugin_kind *nearest = NULL;
	size_t least = 3, longest = 0;
	for (size_t i = 0; i < kinds->n; i++) {
		const char *symbol = kinds->list[i].symbol;
		size_t slips = distance(name, symbol, 2);
		bool mangled = strncmp(name, "_Z", 2) == 0 && strstr(name, symbol) != NULL;
		/* A longer symbol may hold a shorter one: rwlock_plugin. */
		if (mangled ? strlen(symbol) <= longest : slips >= least)
			continue;
		nearest = &kinds->list[i];
		longest = mangled ? strlen(symbol) : longest;
		least = mangled ? 0 : slips;
	}
	return nearest;
}

/* Why a symbol of the static table may be the missing one; NULL: it is not. */
static char *near_miss(const struct kinds *kinds, const struct local_symbol *symbol)
{
	const struct plugin_kind *kind = nearest_kind(kinds, symbol->name);
	if (kind == NULL || symbol->type == STT_FILE || symbol->type == STT_SECTION)
		return NULL;
	const char *wanted = kind->symbol;
	if (strcmp(symbol->name, wanted) == 0 && !symbol->defined)
		return xasprintf(_("%s is declared but never defined"), wanted);
	if (strcmp(symbol->name, wanted) == 0)
		return xasprintf(_("%s is there but not exported: define it without \"static\" and without "
				   "hidden visibility"),
				 wanted);
	if (strncmp(symbol->name, "_Z", 2) == 0)
		return xasprintf(_("%s has a C++ name (%s): declare it extern \"C\""), wanted, symbol->name);
	return xasprintf(_("there is \"%s\": is that a slip of \"%s\"?"), symbol->name, wanted);
}

static void add_near_misses(const struct dynamic *dynamic, const struct sections *sections, const struct kinds *kinds,
			    struct text *problems)
{
	size_t count = 0;
	for (size_t i = 0; i < sections->n_symbols && count < NEAR_MISSES_MAX; i++) {
		char *reason = near_miss(kinds, &sections->symbols[i]);
		if (reason != NULL) {
			text_printf(problems, "; %s", reason);
			count++;
		}
		free(reason);
	}
	/* A stripped object still has its dynamic symbols. */
	for (size_t i = 1; sections->n_symbols == 0 && i < dynamic->n_symbols && count < NEAR_MISSES_MAX; i++) {
		struct local_symbol symbol = { .name = dynamic_symbol_name(dynamic, i),
					       .defined = dynamic->symbols[i].st_shndx != SHN_UNDEF };
		char *reason = near_miss(kinds, &symbol);
		if (reason != NULL) {
			text_printf(problems, "; %s", reason);
			count++;
		}
		free(reason);
	}
}

/* What dlsym() would find under the name. */
static bool is_exported(const Elf64_Sym *symbol)
{
	unsigned binding = ELF64_ST_BIND(symbol->st_info), visibility = ELF64_ST_VISIBILITY(symbol->st_other);
	return symbol->st_shndx != SHN_UNDEF && binding != STB_LOCAL &&
	       (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

static const Elf64_Sym *find_descriptor(const struct dynamic *dynamic, const struct sections *sections,
					const struct kinds *kinds, const struct plugin_kind **kind,
					struct text *problems)
{
	const Elf64_Sym *found = NULL;
	struct text names = { 0 };
	size_t count = 0;
	for (size_t i = 1; i < dynamic->n_symbols; i++) {
		const struct plugin_kind *one = kinds_with_symbol(kinds, dynamic_symbol_name(dynamic, i));
		if (one == NULL || !is_exported(&dynamic->symbols[i]))
			continue;
		found = &dynamic->symbols[i];
		*kind = one;
		text_printf(&names, "%s%s", count++ > 0 ? _(" and ") : "", one->symbol);
	}
	if (count == 0) {
		text_add(problems, _("it exports none of "));
		kinds_list(kinds, problems, "_plugin", _("and"));
		add_near_misses(dynamic, sections, kinds, problems);
		text_add(problems, "\n");
	} else if (count > 1) {
		text_printf(problems, _("it exports %s; a submission exports exactly one\n"), names.data);
	}
	text_free(&names);
	return count == 1 ? found : NULL;
}

static const Elf64_Sym *relocation_symbol(const struct dynamic *dynamic, const Elf64_Rela *relocation)
{
	uint64_t index = ELF64_R_SYM(relocation->r_info);
	return index != 0 && index < dynamic->n_symbols ? &dynamic->symbols[index] : NULL;
}

static bool overlaps(const Elf64_Rela *relocation, uint64_t address, uint64_t length)
{
	return ELF64_R_TYPE(relocation->r_info) != R_X86_64_NONE && relocation->r_offset < address + length &&
	       address < relocation->r_offset + sizeof(uint64_t);
}

/* A pointer as the loader will make it. False: it makes something that is no plain pointer. */
static bool apply(const struct dynamic *dynamic, const Elf64_Rela *relocation, struct inspect_callback *callback)
{
	const Elf64_Sym *symbol = relocation_symbol(dynamic, relocation);
	uint64_t addend = (uint64_t)relocation->r_addend;
	callback->set = true;
	switch (ELF64_R_TYPE(relocation->r_info)) {
	case R_X86_64_RELATIVE:
		callback->offset = addend;
		return true;
	case R_X86_64_IRELATIVE:
		return true;
	case R_X86_64_GLOB_DAT:
	case R_X86_64_JUMP_SLOT:
		addend = 0;
		/* fall through */
	case R_X86_64_64:
		if (symbol == NULL)
			return false;
		if (symbol->st_shndx != SHN_UNDEF) {
			callback->offset = symbol->st_value + addend;
			return true;
		}
		text_replace(&callback->import_name,
			     xstrdup(dynamic_symbol_name(dynamic, ELF64_R_SYM(relocation->r_info))));
		return true;
	default:
		return false;
	}
}

static bool is_code(const struct image *image, uint64_t offset)
{
	const Elf64_Phdr *segment = image_loaded(image, offset, 1);
	return segment != NULL && (segment->p_flags & PF_X) && image_at(image, offset, 1) != NULL;
}

static bool has_optional(const struct plugin_kind *kind)
{
	for (uint32_t i = 0; i < kind->n_operations; i++) {
		if (!kind->operations[i].required)
			return true;
	}
	return false;
}

static void check_callback(const struct dynamic *dynamic, const struct plugin_kind *kind,
			   const struct inspect_callback *callback, bool plain, struct text *problems)
{
	if (callback->required && !callback->set)
		text_printf(problems,
			    has_optional(kind) ? _("%s.%s is NULL; this function must be there\n")
					       : _("%s.%s is NULL; every function but destroy must be there\n"),
			    kind->symbol, callback->name);
	else if (!plain || (callback->set && callback->import_name == NULL && callback->offset != 0 &&
			    !is_code(dynamic->image, callback->offset)))
		text_printf(problems, _("%s.%s does not point to a function\n"), kind->symbol, callback->name);
}

/* The next function of the descriptor. */
static void read_callback(const struct dynamic *dynamic, const char *name, bool required, struct inspect_facts *facts,
			  struct text *problems)
{
	struct inspect_descriptor *descriptor = &facts->descriptor;
	uint64_t address = descriptor->offset + AT_INIT + descriptor->n_callbacks * POINTER_BYTES, raw = 0;
	struct inspect_callback *callback = &descriptor->callback[descriptor->n_callbacks++];
	bool plain = true, relocated = false;
	snprintf(callback->name, sizeof(callback->name), "%s", name);
	callback->required = required;
	for (size_t i = 0; i < dynamic->n_relocations; i++) {
		if (!overlaps(&dynamic->relocations[i], address, sizeof(uint64_t)))
			continue;
		relocated = true;
		plain = dynamic->relocations[i].r_offset == address &&
			apply(dynamic, &dynamic->relocations[i], callback) && plain;
	}
	if (!relocated && image_read(dynamic->image, address, &raw, sizeof(raw)) && raw != 0) {
		callback->set = true;
		plain = false; /* an absolute address in a shared object: nonsense */
	}
	check_callback(dynamic, &facts->kind, callback, plain, problems);
}

static void read_numbers(const struct dynamic *dynamic, const struct plugin_kind *kind, struct inspect_facts *facts,
			 struct text *problems)
{
	struct inspect_descriptor *descriptor = &facts->descriptor;
	uint32_t second = 0;
	image_read(dynamic->image, descriptor->offset + AT_ABI, &descriptor->abi, sizeof(descriptor->abi));
	image_read(dynamic->image, descriptor->offset + AT_SECOND, &second, sizeof(second));
	image_read(dynamic->image, descriptor->offset + AT_SIZE, &descriptor->size_bytes,
		   sizeof(descriptor->size_bytes));
	if (kind->threads_max)
		descriptor->threads_max = second;
	if (kind->choice.name[0] != '\0')
		descriptor->choice = second;
	for (size_t i = 0; i < dynamic->n_relocations; i++) {
		if (overlaps(&dynamic->relocations[i], descriptor->offset, AT_INIT)) {
			text_printf(problems,
				    _("%s has numbers that are only known when it is loaded; write constants\n"),
				    kind->symbol);
			break;
		}
	}
}

/* "MONITOR_MESA or MONITOR_HOARE" */
static void list_values(const struct kind_choice *choice, struct text *text)
{
	for (uint32_t i = 0; i < choice->n; i++) {
		if (i > 0)
			text_printf(text, i + 1 == choice->n ? " %s " : ", ", _("or"));
		text_add(text, choice->values[i]);
	}
}

static void check_numbers(const struct plugin_kind *kind, const struct inspect_descriptor *descriptor,
			  struct text *problems)
{
	if (descriptor->abi != kind->abi)
		text_printf(problems,
			    _("%s.abi is %u, but this grader's is %u; set it to %s and build with the grader's %s\n"),
			    kind->symbol, descriptor->abi, kind->abi, kind->abi_macro, kind->header);
	if (descriptor->size_bytes == 0)
		text_printf(problems, _("%s.size is 0; set it to sizeof(struct %s)\n"), kind->symbol, kind->name);
	else if (descriptor->size_bytes > BOARD_OBJECT_MAX)
		text_printf(problems, _("%s.size is %ju bytes; at most %u are allowed; set it to sizeof(struct %s)\n"),
			    kind->symbol, (uintmax_t)descriptor->size_bytes, BOARD_OBJECT_MAX, kind->name);
	if (descriptor->threads_max == 1)
		text_printf(problems, _("%s.threads_max is 1; a %s serves at least 2 threads (0: any number)\n"),
			    kind->symbol, kind->words);
	if (descriptor->choice >= kind->choice.n && kind->choice.n > 0) {
		struct text values = { 0 };
		list_values(&kind->choice, &values);
		text_printf(problems, _("%s.%s is %u; set it to %s\n"), kind->symbol, kind->choice.name,
			    descriptor->choice, values.data);
		text_free(&values);
	}
}

static bool check_symbol(const struct dynamic *dynamic, const struct plugin_kind *kind, const Elf64_Sym *symbol,
			 struct text *problems)
{
	unsigned type = ELF64_ST_TYPE(symbol->st_info);
	const Elf64_Phdr *segment = image_loaded(dynamic->image, symbol->st_value, descriptor_bytes(kind));
	if (type != STT_OBJECT && type != STT_NOTYPE)
		text_printf(problems, _("%s is not an object of type struct %s\n"), kind->symbol, kind->symbol);
	else if (symbol->st_size < descriptor_bytes(kind))
		text_printf(problems, _("%s has %ju bytes, not %ju: include %s and define it as const struct %s\n"),
			    kind->symbol, (uintmax_t)symbol->st_size, (uintmax_t)descriptor_bytes(kind), kind->header,
			    kind->symbol);
	else if (segment == NULL || (segment->p_flags & PF_R) == 0 || symbol->st_shndx == SHN_ABS ||
		 symbol->st_value % sizeof(uint64_t) != 0)
		text_printf(problems, _("%s lies outside the segments\n"), kind->symbol);
	else
		return true;
	return false;
}

void descriptor_read(const struct dynamic *dynamic, const struct sections *sections, const struct kinds *kinds,
		     struct inspect_facts *facts, struct text *problems)
{
	const struct plugin_kind *kind = NULL;
	const Elf64_Sym *symbol = find_descriptor(dynamic, sections, kinds, &kind, problems);
	if (symbol == NULL)
		return;
	facts->kind = *kind;
	facts->descriptor.offset = symbol->st_value;
	if (!check_symbol(dynamic, kind, symbol, problems))
		return;
	read_numbers(dynamic, kind, facts, problems);
	check_numbers(kind, &facts->descriptor, problems);
	if (facts->descriptor.abi != kind->abi)
		return; /* another version's layout is unknown */
	read_callback(dynamic, "init", true, facts, problems);
	for (uint32_t i = 0; i < kind->n_operations; i++)
		read_callback(dynamic, kind->operations[i].name, kind->operations[i].required, facts, problems);
	read_callback(dynamic, "destroy", false, facts, problems);
}
