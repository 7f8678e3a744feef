/* Code: offset → function, file, line. */
#include <dwarf.h>
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "dwarf_file.h"

static const char *unit_directory(Dwarf_Die *unit)
{
	Dwarf_Attribute attribute;
	const char *directory = dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attribute));
	return directory != NULL ? directory : "";
}

/* As the student would name it: relative to where it was built, else just the file's name. */
static const char *student_path(const char *path, Dwarf_Die *unit)
{
	const char *directory = unit_directory(unit);
	size_t length = strlen(directory);
	if (length > 0 && strncmp(path, directory, length) == 0 && path[length] == '/')
		path += length + 1;
	while (strncmp(path, "./", 2) == 0)
		path += 2;
	const char *slash = strrchr(path, '/');
	bool outside = path[0] == '/' || strncmp(path, "../", 3) == 0 || strstr(path, "/../") != NULL;
	return outside && slash != NULL ? slash + 1 : path;
}

static void set_line(Dwarf_Die *unit, uint64_t offset, struct answer *answer)
{
	Dwarf_Line *line = dwarf_getsrc_die(unit, offset);
	const char *path = line != NULL ? dwarf_linesrc(line, NULL, NULL) : NULL;
	int number = 0;
	if (path == NULL || dwarf_lineno(line, &number) != 0)
		return;
	answer_set(answer->file, student_path(path, unit));
	answer->line = number > 0 ? (uint32_t)number : 0;
}

static const char *function_name(Dwarf_Die *die)
{
	Dwarf_Attribute attribute;
	return dwarf_formstring(dwarf_attr_integrate(die, DW_AT_name, &attribute));
}

/* The name of the first scope with this tag, innermost first; *index is where it stands. */
static const char *scope_name(Dwarf_Die *scopes, int count, int tag, int *index)
{
	for (int i = 0; i < count; i++) {
		if (dwarf_tag(&scopes[i]) == tag) {
			*index = i;
			return function_name(&scopes[i]);
		}
	}
	return NULL;
}

/* The scopes of an inlined function go on with those of its definition: where it was inlined into is found by the tree.
 */
static void set_outer(Dwarf_Die *inlined, struct answer *answer)
{
	Dwarf_Die *parents = NULL;
	int index, count = dwarf_getscopes_die(inlined, &parents);
	const char *outer = scope_name(parents, count, DW_TAG_subprogram, &index);
	if (outer != NULL)
		answer_set(answer->outer, outer);
	free(parents);
}

static void set_function(Dwarf_Die *unit, uint64_t offset, struct answer *answer)
{
	Dwarf_Die *scopes = NULL;
	int index, count = dwarf_getscopes(unit, offset, &scopes);
	const char *name = scope_name(scopes, count, DW_TAG_inlined_subroutine, &index);
	if (name != NULL)
		set_outer(&scopes[index], answer);
	else
		name = scope_name(scopes, count, DW_TAG_subprogram, &index);
	if (name != NULL)
		answer_set(answer->name, name);
	free(scopes);
}

void dwarf_file_place(struct dwarf_file *file, uint64_t offset, struct answer *answer)
{
	Dwarf_CU *position = NULL;
	Dwarf_Die unit;
	while (dwarf_file_next_unit(file, &position, &unit)) {
		if (dwarf_haspc(&unit, offset) != 1)
			continue;
		set_line(&unit, offset, answer);
		set_function(&unit, offset, answer);
		break;
	}
	uint64_t within;
	if (answer->name[0] == '\0') {
		const char *symbol = dwarf_file_symbol(file, offset, STT_FUNC, &within);
		if (symbol != NULL)
			answer_set(answer->name, symbol);
	}
}
