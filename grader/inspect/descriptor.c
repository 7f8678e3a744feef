#include "descriptor.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <syncgrade/barrier.h>
#include <syncgrade/bounded_buffer.h>
#include <syncgrade/lock.h>
#include <syncgrade/monitor.h>
#include <syncgrade/philosophers.h>
#include <syncgrade/rwlock.h>
#include <syncgrade/semaphore.h>

#include "board.h"
#include "translate.h"

struct callback_layout {
	const char *name;
	size_t offset;
	bool required;
};

/* What follows `abi`, in every kind's descriptor; before `size`. */
enum second_word { SECOND_PADDING, SECOND_THREADS_MAX, SECOND_SIGNALING };

struct kind_layout {
	const char *plugin, *symbol, *header, *abi_macro;
	uint32_t abi;
	enum second_word second;
	size_t descriptor_bytes, size_offset;
	struct callback_layout callback[INSPECT_CALLBACKS_MAX + 1];
};

#define CALLBACK(kind, member)                                                                                         \
	{                                                                                                              \
		.name = #member, .offset = offsetof(struct kind##_plugin, member), .required = true                    \
	}
#define LAYOUT(kind, abi_name, second_word, ...)                                                                       \
	{                                                                                                              \
		.plugin = #kind, .symbol = #kind "_plugin", .header = "<syncgrade/" #kind ".h>",                       \
		.abi_macro = #abi_name, .abi = abi_name, .second = second_word,                                        \
		.descriptor_bytes = sizeof(struct kind##_plugin), .size_offset = offsetof(struct kind##_plugin, size), \
		.callback = { __VA_ARGS__, { .name = "destroy", .offset = offsetof(struct kind##_plugin, destroy) } }, \
	}

static const struct kind_layout layouts[PLUGIN_KIND_COUNT] = {
	[PLUGIN_LOCK] = LAYOUT(lock, LOCK_PLUGIN_ABI, SECOND_THREADS_MAX, CALLBACK(lock, init), CALLBACK(lock, acquire),
			       CALLBACK(lock, release)),
	[PLUGIN_SEMAPHORE] = LAYOUT(semaphore, SEMAPHORE_PLUGIN_ABI, SECOND_PADDING, CALLBACK(semaphore, init),
				    CALLBACK(semaphore, wait), CALLBACK(semaphore, signal)),
	[PLUGIN_MONITOR] = LAYOUT(monitor, MONITOR_PLUGIN_ABI, SECOND_SIGNALING, CALLBACK(monitor, init),
				  CALLBACK(monitor, enter), CALLBACK(monitor, exit), CALLBACK(monitor, wait),
				  CALLBACK(monitor, signal), CALLBACK(monitor, broadcast)),
	[PLUGIN_BARRIER] =
	    LAYOUT(barrier, BARRIER_PLUGIN_ABI, SECOND_THREADS_MAX, CALLBACK(barrier, init), CALLBACK(barrier, wait)),
	[PLUGIN_RWLOCK] = LAYOUT(rwlock, RWLOCK_PLUGIN_ABI, SECOND_THREADS_MAX, CALLBACK(rwlock, init),
				 CALLBACK(rwlock, acquire_read), CALLBACK(rwlock, release_read),
				 CALLBACK(rwlock, acquire_write), CALLBACK(rwlock, release_write)),
	[PLUGIN_BOUNDED_BUFFER] =
	    LAYOUT(bounded_buffer, BOUNDED_BUFFER_PLUGIN_ABI, SECOND_PADDING, CALLBACK(bounded_buffer, init),
		   CALLBACK(bounded_buffer, put), CALLBACK(bounded_buffer, get)),
	[PLUGIN_PHILOSOPHERS] =
	    LAYOUT(philosophers, PHILOSOPHERS_PLUGIN_ABI, SECOND_THREADS_MAX, CALLBACK(philosophers, init),
		   CALLBACK(philosophers, pick_up), CALLBACK(philosophers, put_down)),
};

#define NEAR_MISSES_MAX 4u

/* NULL where the symbol is no kind's. */
static const struct kind_layout *layout_of(const char *symbol)
{
	enum plugin_kind kind = kind_from_symbol(symbol);
	return kind == PLUGIN_NONE ? NULL : &layouts[kind];
}

/* Edit distance (Levenshtein 1966), case ignored; `most` + 1 when it is more. */
static size_t distance(const char *left, const char *right, size_t most)
{
	size_t row[32], n = strlen(right), m = strlen(left);
	if (n >= 32 || m >= 32 || (m > n ? m - n : n - m) > most)
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

/* The kind whose symbol the name is, or is the C++ name of, or has up to two slips of. PLUGIN_NONE: none. */
static enum plugin_kind nearest_kind(const char *name)
{
	enum plugin_kind nearest = PLUGIN_NONE;
	size_t least = 3, longest = 0;
	for (unsigned i = PLUGIN_NONE + 1; i < PLUGIN_KIND_COUNT; i++) {
		const char *symbol = kind_symbol((enum plugin_kind)i);
		size_t slips = distance(name, symbol, 2);
		bool mangled = strncmp(name, "_Z", 2) == 0 && strstr(name, symbol) != NULL;
		/* A longer symbol may hold a shorter one: rwlock_plugin. */
		if (mangled ? strlen(symbol) <= longest : slips >= least)
			continue;
		nearest = (enum plugin_kind)i;
		longest = mangled ? strlen(symbol) : longest;
		least = mangled ? 0 : slips;
	}
	return nearest;
}

/* Why a symbol of the static table may be the missing one; NULL: it is not. */
static char *near_miss(const struct local_symbol *symbol)
{
	enum plugin_kind kind = nearest_kind(symbol->name);
	if (kind == PLUGIN_NONE || symbol->type == STT_FILE || symbol->type == STT_SECTION)
		return NULL;
	const char *wanted = kind_symbol(kind);
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

static void add_near_misses(const struct dynamic *dynamic, const struct sections *sections, struct text *problems)
{
	size_t count = 0;
	for (size_t i = 0; i < sections->n_symbols && count < NEAR_MISSES_MAX; i++) {
		char *reason = near_miss(&sections->symbols[i]);
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
		char *reason = near_miss(&symbol);
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
					const struct kind_layout **layout, struct text *problems)
{
	const Elf64_Sym *found = NULL;
	struct text names = { 0 };
	size_t count = 0;
	for (size_t i = 1; i < dynamic->n_symbols; i++) {
		const struct kind_layout *one = layout_of(dynamic_symbol_name(dynamic, i));
		if (one == NULL || !is_exported(&dynamic->symbols[i]))
			continue;
		found = &dynamic->symbols[i];
		*layout = one;
		text_printf(&names, "%s%s", count++ > 0 ? _(" and ") : "", one->symbol);
	}
	if (count == 0) {
		text_add(problems, _("it exports none of "));
		kind_list(problems, "_plugin", _("and"));
		add_near_misses(dynamic, sections, problems);
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

static void check_callback(const struct dynamic *dynamic, const struct kind_layout *layout,
			   const struct inspect_callback *callback, bool plain, struct text *problems)
{
	if (callback->required && !callback->set)
		text_printf(problems, _("%s.%s is NULL; every function but destroy must be there\n"), layout->symbol,
			    callback->name);
	else if (!plain || (callback->set && callback->import_name == NULL && callback->offset != 0 &&
			    !is_code(dynamic->image, callback->offset)))
		text_printf(problems, _("%s.%s does not point to a function\n"), layout->symbol, callback->name);
}

static void read_callback(const struct dynamic *dynamic, const struct kind_layout *layout,
			  const struct callback_layout *where, struct inspect_facts *facts, struct text *problems)
{
	struct inspect_descriptor *descriptor = &facts->descriptor;
	struct inspect_callback *callback = &descriptor->callback[descriptor->n_callbacks++];
	uint64_t address = descriptor->offset + where->offset, raw = 0;
	bool plain = true, relocated = false;
	callback->name = where->name;
	callback->required = where->required;
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
	check_callback(dynamic, layout, callback, plain, problems);
}

static void read_numbers(const struct dynamic *dynamic, const struct kind_layout *layout, struct inspect_facts *facts,
			 struct text *problems)
{
	struct inspect_descriptor *descriptor = &facts->descriptor;
	uint32_t second = 0;
	image_read(dynamic->image, descriptor->offset, &descriptor->abi, sizeof(descriptor->abi));
	image_read(dynamic->image, descriptor->offset + sizeof(uint32_t), &second, sizeof(second));
	image_read(dynamic->image, descriptor->offset + layout->size_offset, &descriptor->size_bytes,
		   sizeof(descriptor->size_bytes));
	if (layout->second == SECOND_THREADS_MAX)
		descriptor->threads_max = second;
	if (layout->second == SECOND_SIGNALING)
		descriptor->signaling = second;
	for (size_t i = 0; i < dynamic->n_relocations; i++) {
		if (overlaps(&dynamic->relocations[i], descriptor->offset, layout->callback[0].offset)) {
			text_printf(problems,
				    _("%s has numbers that are only known when it is loaded; write constants\n"),
				    layout->symbol);
			break;
		}
	}
}

static void check_numbers(const struct kind_layout *layout, const struct inspect_descriptor *descriptor,
			  struct text *problems)
{
	if (descriptor->abi != layout->abi)
		text_printf(problems,
			    _("%s.abi is %u, but this grader's is %u; set it to %s and build with the grader's %s\n"),
			    layout->symbol, descriptor->abi, layout->abi, layout->abi_macro, layout->header);
	if (descriptor->size_bytes == 0)
		text_printf(problems, _("%s.size is 0; set it to sizeof(struct %s)\n"), layout->symbol, layout->plugin);
	else if (descriptor->size_bytes > BOARD_OBJECT_MAX)
		text_printf(problems, _("%s.size is %ju bytes; at most %u are allowed; set it to sizeof(struct %s)\n"),
			    layout->symbol, (uintmax_t)descriptor->size_bytes, BOARD_OBJECT_MAX, layout->plugin);
	if (descriptor->threads_max == 1)
		text_printf(problems, _("%s.threads_max is 1; a %s serves at least 2 threads (0: any number)\n"),
			    layout->symbol, kind_words(layout->plugin));
	if (descriptor->signaling != MONITOR_MESA && descriptor->signaling != MONITOR_HOARE)
		text_printf(problems, _("%s.signaling is %u; set it to MONITOR_MESA or MONITOR_HOARE\n"),
			    layout->symbol, descriptor->signaling);
}

static bool check_symbol(const struct dynamic *dynamic, const struct kind_layout *layout, const Elf64_Sym *symbol,
			 struct text *problems)
{
	unsigned type = ELF64_ST_TYPE(symbol->st_info);
	const Elf64_Phdr *segment = image_loaded(dynamic->image, symbol->st_value, layout->descriptor_bytes);
	if (type != STT_OBJECT && type != STT_NOTYPE)
		text_printf(problems, _("%s is not an object of type struct %s\n"), layout->symbol, layout->symbol);
	else if (symbol->st_size < layout->descriptor_bytes)
		text_printf(problems, _("%s has %ju bytes, not %zu: include %s and define it as const struct %s\n"),
			    layout->symbol, (uintmax_t)symbol->st_size, layout->descriptor_bytes, layout->header,
			    layout->symbol);
	else if (segment == NULL || (segment->p_flags & PF_R) == 0 || symbol->st_shndx == SHN_ABS ||
		 symbol->st_value % sizeof(uint64_t) != 0)
		text_printf(problems, _("%s lies outside the segments\n"), layout->symbol);
	else
		return true;
	return false;
}

void descriptor_read(const struct dynamic *dynamic, const struct sections *sections, struct inspect_facts *facts,
		     struct text *problems)
{
	const struct kind_layout *layout = NULL;
	const Elf64_Sym *symbol = find_descriptor(dynamic, sections, &layout, problems);
	if (symbol == NULL)
		return;
	facts->kind = (enum plugin_kind)(layout - layouts);
	facts->plugin = layout->plugin;
	facts->descriptor.offset = symbol->st_value;
	if (!check_symbol(dynamic, layout, symbol, problems))
		return;
	read_numbers(dynamic, layout, facts, problems);
	check_numbers(layout, &facts->descriptor, problems);
	/* Another version's layout is unknown. */
	for (size_t i = 0; facts->descriptor.abi == layout->abi && layout->callback[i].name != NULL; i++)
		read_callback(dynamic, layout, &layout->callback[i], facts, problems);
}
