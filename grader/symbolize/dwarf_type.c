/* Data: offset → variable, or member of a struct, with the path through nested types. */
#include <dwarf.h>
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dwarf_file.h"
#include "text.h"

#define DEPTH_MAX 16
#define DIMENSIONS_MAX 8u
#define MEMBERS_MAX 100000u

/* A walk into a type towards [offset, offset + size). */
struct walk {
	uint64_t size; /* 0: unknown */
	struct text path;
	/* The widest thing that the access covers as a whole, should no leaf fit it exactly. */
	bool has_whole;
	size_t whole_length;
	unsigned steps;
	bool is_volatile; /* what the path has led through */
	Dwarf_Die leaf;   /* that the walk ended at */
	bool has_leaf;
};

static bool walk_into(struct walk *walk, Dwarf_Die *type, uint64_t offset, int depth);

static bool raw_type_of(Dwarf_Die *die, Dwarf_Die *raw)
{
	Dwarf_Attribute attribute;
	return dwarf_formref_die(dwarf_attr_integrate(die, DW_AT_type, &attribute), raw) != NULL;
}

static bool type_of(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Die raw;
	return raw_type_of(die, &raw) && dwarf_peel_type(&raw, type) == 0;
}

/* Whether what `die` declares (a variable, a member, an array's elements) is volatile: by its own type, or a typedef's.
 */
static bool says_volatile(Dwarf_Die *die)
{
	Dwarf_Die type = *die;
	for (int depth = 0; depth < DEPTH_MAX && raw_type_of(&type, &type); depth++) {
		int tag = dwarf_tag(&type);
		if (tag == DW_TAG_volatile_type)
			return true;
		if (tag != DW_TAG_typedef && tag != DW_TAG_const_type && tag != DW_TAG_atomic_type &&
		    tag != DW_TAG_restrict_type)
			break;
	}
	return false;
}

static uint64_t size_of(Dwarf_Die *type)
{
	Dwarf_Word size;
	return dwarf_aggregate_size(type, &size) == 0 ? size : 0;
}

static bool number(Dwarf_Die *die, unsigned name, uint64_t *value)
{
	Dwarf_Attribute attribute;
	Dwarf_Word word;
	if (dwarf_formudata(dwarf_attr(die, name, &attribute), &word) != 0)
		return false;
	*value = word;
	return true;
}

/* Where a member begins; a bit-field: the byte of its first bit. */
static uint64_t member_offset(Dwarf_Die *member)
{
	uint64_t value;
	if (number(member, DW_AT_data_member_location, &value))
		return value;
	return number(member, DW_AT_data_bit_offset, &value) ? value / 8 : 0;
}

static void add_name(struct walk *walk, Dwarf_Die *member)
{
	const char *name = dwarf_diename(member);
	if (name != NULL) /* NULL: an anonymous struct or union */
		text_printf(&walk->path, "%s%s", walk->path.length > 0 ? "." : "", name);
}

static void cut(struct walk *walk, size_t length)
{
	walk->path.length = length;
	if (walk->path.data != NULL)
		walk->path.data[length] = '\0';
}

static bool covers(Dwarf_Die *member, Dwarf_Die *type, uint64_t offset, uint64_t *within)
{
	uint64_t begin = member_offset(member), size = size_of(type);
	if (offset < begin)
		return false;
	*within = offset - begin;
	/* A flexible array member has no size: it takes what is left. */
	return *within < size || (size == 0 && dwarf_tag(type) == DW_TAG_array_type);
}

/* Of a union, the first member that fits exactly wins, else the first that covers the place. Returns whether it fits.
 */
static bool walk_members(struct walk *walk, Dwarf_Die *aggregate, uint64_t offset, int depth)
{
	Dwarf_Die member, type;
	size_t begin = walk->path.length;
	bool whole_is = walk->is_volatile, first_is = false;
	char *first = NULL;
	if (dwarf_child(aggregate, &member) != 0)
		return false;
	do {
		uint64_t within;
		int tag = dwarf_tag(&member);
		if ((tag != DW_TAG_member && tag != DW_TAG_inheritance) || ++walk->steps > MEMBERS_MAX ||
		    !type_of(&member, &type) || !covers(&member, &type, offset, &within))
			continue;
		if (tag == DW_TAG_member)
			add_name(walk, &member);
		walk->is_volatile = whole_is || says_volatile(&member);
		bool fits = walk_into(walk, &type, within, depth + 1);
		if (fits) {
			free(first);
			return true;
		}
		if (first == NULL && walk->path.length > begin) {
			first = xstrdup(walk->path.data + begin);
			first_is = walk->is_volatile;
		}
		cut(walk, begin);
	} while (dwarf_siblingof(&member, &member) == 0);
	walk->is_volatile = first != NULL ? first_is : whole_is;
	if (first != NULL)
		text_add(&walk->path, first);
	free(first);
	return false;
}

static size_t dimensions(Dwarf_Die *array, uint64_t *counts)
{
	Dwarf_Die range;
	size_t n = 0;
	if (dwarf_child(array, &range) != 0)
		return 0;
	do {
		if (dwarf_tag(&range) != DW_TAG_subrange_type)
			continue;
		uint64_t value;
		counts[n] = 0; /* unknown: a flexible array */
		if (number(&range, DW_AT_count, &value))
			counts[n] = value;
		else if (number(&range, DW_AT_upper_bound, &value))
			counts[n] = value + 1;
		n++;
	} while (n < DIMENSIONS_MAX && dwarf_siblingof(&range, &range) == 0);
	return n;
}

static bool walk_array(struct walk *walk, Dwarf_Die *array, uint64_t offset, int depth)
{
	Dwarf_Die element;
	uint64_t counts[DIMENSIONS_MAX];
	size_t n = dimensions(array, counts);
	uint64_t size = type_of(array, &element) ? size_of(&element) : 0;
	if (n == 0 || size == 0)
		return false;
	uint64_t index = offset / size, indices[DIMENSIONS_MAX];
	for (size_t i = n; i-- > 0;) {
		bool last = i == 0 || counts[i] == 0;
		indices[i] = last ? index : index % counts[i];
		index = last ? 0 : index / counts[i];
	}
	for (size_t i = 0; i < n; i++)
		text_printf(&walk->path, "[%ju]", (uintmax_t)indices[i]);
	walk->is_volatile = walk->is_volatile || says_volatile(array);
	return walk_into(walk, &element, offset % size, depth + 1);
}

/* Follows `offset` to a leaf; true if the leaf is exactly what is accessed. */
static bool walk_into(struct walk *walk, Dwarf_Die *type, uint64_t offset, int depth)
{
	int tag = dwarf_tag(type);
	uint64_t size = size_of(type);
	if (depth > DEPTH_MAX)
		return false;
	bool aggregate = tag == DW_TAG_structure_type || tag == DW_TAG_class_type || tag == DW_TAG_union_type ||
			 tag == DW_TAG_array_type;
	if (!aggregate) {
		walk->leaf = *type;
		walk->has_leaf = offset == 0;
		if (offset > 0)
			text_printf(&walk->path, " (byte %ju)", (uintmax_t)offset);
		return offset == 0 && (walk->size == 0 || walk->size == size);
	}
	if (offset == 0 && walk->size != 0 && size == walk->size && !walk->has_whole) {
		walk->has_whole = true;
		walk->whole_length = walk->path.length;
	}
	return tag == DW_TAG_array_type ? walk_array(walk, type, offset, depth)
					: walk_members(walk, type, offset, depth);
}

/* The path from `type` to the access, as a string to be freed; "" is the thing itself. What is known of it is added to
 * the answer, which says whether the whole is volatile. */
static char *path_into(Dwarf_Die *type, uint64_t offset, uint64_t size, struct answer *answer)
{
	struct walk walk = { .size = size, .is_volatile = answer->is_volatile != 0 };
	Dwarf_Die target;
	bool fits = walk_into(&walk, type, offset, 0);
	/* A path may have been cut since, in a union. */
	if (!fits && walk.has_whole && walk.whole_length <= walk.path.length)
		cut(&walk, walk.whole_length);
	answer->is_volatile = walk.is_volatile;
	answer->is_pointer = fits && size > 0 && walk.has_leaf && dwarf_tag(&walk.leaf) == DW_TAG_pointer_type;
	answer->pointed = answer->is_pointer && type_of(&walk.leaf, &target) ? size_of(&target) : 0;
	return text_take(&walk.path);
}

/* The complete struct with this tag, among the unit's own types. */
static bool find_struct(Dwarf_Die *unit, const char *tag, Dwarf_Die *found)
{
	if (dwarf_child(unit, found) != 0)
		return false;
	do {
		int kind = dwarf_tag(found);
		const char *name = dwarf_diename(found);
		bool type = kind == DW_TAG_structure_type || kind == DW_TAG_class_type || kind == DW_TAG_union_type;
		if (type && name != NULL && strcmp(name, tag) == 0 && !dwarf_hasattr(found, DW_AT_declaration))
			return true;
	} while (dwarf_siblingof(found, found) == 0);
	return false;
}

void dwarf_file_member(struct dwarf_file *file, const char *tag, uint64_t offset, uint64_t size, struct answer *answer)
{
	Dwarf_CU *position = NULL;
	Dwarf_Die unit, type;
	while (dwarf_file_next_unit(file, &position, &unit)) {
		if (!find_struct(&unit, tag, &type))
			continue;
		uint64_t whole = size_of(&type);
		if (offset >= whole)
			return;
		char *path = path_into(&type, offset, size, answer);
		if (*path != '\0')
			snprintf(answer->name, sizeof(answer->name), "%s->%s", tag, path);
		else if (offset == 0 && size == whole)
			snprintf(answer->name, sizeof(answer->name), "*%s", tag);
		else /* padding */
			snprintf(answer->name, sizeof(answer->name), "%s (byte %ju)", tag, (uintmax_t)offset);
		free(path);
		return;
	}
}

/* The type that the pointer at `offset` of the struct points to, and the pointer's path; NULL: it is none, or points to
 * what has no size. */
static char *pointer_at(Dwarf_Die *type, uint64_t offset, Dwarf_Die *target, uint32_t *is_volatile)
{
	struct walk walk = { .size = 8 };
	bool fits = walk_into(&walk, type, offset, 0) && walk.has_leaf &&
		    dwarf_tag(&walk.leaf) == DW_TAG_pointer_type && type_of(&walk.leaf, target) && size_of(target) > 0;
	char *path = text_take(&walk.path);
	*is_volatile = fits && says_volatile(&walk.leaf);
	if (fits && *path != '\0')
		return path;
	free(path);
	return NULL;
}

void dwarf_file_pointed(struct dwarf_file *file, const char *tag, uint64_t offset, uint64_t within, uint64_t size,
			struct answer *answer)
{
	Dwarf_CU *position = NULL;
	Dwarf_Die unit, type, target;
	char *pointer = NULL;
	while (pointer == NULL && dwarf_file_next_unit(file, &position, &unit)) {
		if (find_struct(&unit, tag, &type))
			pointer = pointer_at(&type, offset, &target, &answer->is_volatile);
	}
	if (pointer == NULL)
		return;
	uint64_t each = size_of(&target), index = within / each;
	char *path = path_into(&target, within % each, size, answer);
	/* A struct that is the only one, or the first of several. */
	bool single = index == 0 && *path != '\0' && *path != '[' && *path != ' ';
	if (single)
		snprintf(answer->name, sizeof(answer->name), "%s->%s->%s", tag, pointer, path);
	else
		snprintf(answer->name, sizeof(answer->name), "%s->%s[%ju]%s%s", tag, pointer, (uintmax_t)index,
			 *path != '\0' && *path != '[' && *path != ' ' ? "." : "", path);
	free(path);
	free(pointer);
}

/* The address of a variable that has one for the whole of its life. */
static bool static_address(Dwarf_Die *variable, uint64_t *address)
{
	Dwarf_Attribute attribute, indirect;
	Dwarf_Op *operations;
	size_t count;
	if (dwarf_attr_integrate(variable, DW_AT_location, &attribute) == NULL ||
	    dwarf_getlocation(&attribute, &operations, &count) != 0 || count == 0 || count > 2)
		return false;
	if (operations[0].atom == DW_OP_addr) {
		*address = operations[0].number;
	} else if (operations[0].atom == DW_OP_addrx || operations[0].atom == DW_OP_GNU_addr_index) {
		Dwarf_Addr value;
		if (dwarf_getlocation_attr(&attribute, &operations[0], &indirect) != 0 ||
		    dwarf_formaddr(&indirect, &value) != 0)
			return false;
		*address = value;
	} else {
		return false;
	}
	if (count == 2 && operations[1].atom != DW_OP_plus_uconst)
		return false;
	*address += count == 2 ? operations[1].number : 0;
	return true;
}

static bool describe_variable(Dwarf_Die *variable, uint64_t offset, uint64_t size, struct answer *answer)
{
	uint64_t address;
	Dwarf_Die type;
	Dwarf_Attribute attribute;
	if (!static_address(variable, &address) || offset < address || !type_of(variable, &type) ||
	    offset - address >= size_of(&type))
		return false;
	const char *name = dwarf_formstring(dwarf_attr_integrate(variable, DW_AT_name, &attribute));
	if (name == NULL)
		return false;
	answer->is_volatile = says_volatile(variable);
	char *path = path_into(&type, offset - address, size, answer);
	bool dot = *path != '\0' && *path != '[' && *path != ' ';
	snprintf(answer->name, sizeof(answer->name), "%s%s%s", name, dot ? "." : "", path);
	free(path);
	return true;
}

/* Variables stand in units and, as static ones, in functions and blocks. */
static bool search(Dwarf_Die *scope, uint64_t offset, uint64_t size, struct answer *answer, int depth)
{
	Dwarf_Die die;
	if (depth > DEPTH_MAX || dwarf_child(scope, &die) != 0)
		return false;
	do {
		int tag = dwarf_tag(&die);
		if (tag == DW_TAG_variable && describe_variable(&die, offset, size, answer))
			return true;
		bool nested = tag == DW_TAG_subprogram || tag == DW_TAG_lexical_block || tag == DW_TAG_namespace ||
			      tag == DW_TAG_inlined_subroutine;
		if (nested && search(&die, offset, size, answer, depth + 1))
			return true;
	} while (dwarf_siblingof(&die, &die) == 0);
	return false;
}

void dwarf_file_variable(struct dwarf_file *file, uint64_t offset, uint64_t size, struct answer *answer)
{
	Dwarf_CU *position = NULL;
	Dwarf_Die unit;
	while (dwarf_file_next_unit(file, &position, &unit)) {
		if (search(&unit, offset, size, answer, 0))
			return;
	}
	uint64_t within;
	const char *symbol = dwarf_file_symbol(file, offset, STT_OBJECT, &within);
	if (symbol != NULL && within > 0)
		snprintf(answer->name, sizeof(answer->name), "%s (byte %ju)", symbol, (uintmax_t)within);
	else if (symbol != NULL)
		answer_set(answer->name, symbol);
}
