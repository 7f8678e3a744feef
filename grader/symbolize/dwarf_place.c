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

/* As the student would name it: relative to where it was built, else just the file's name, of one that lies *outside
 * of that. */
static const char *student_path(const char *path, Dwarf_Die *unit, bool *outside)
{
	const char *directory = unit_directory(unit);
	size_t length = strlen(directory);
	if (length > 0 && strncmp(path, directory, length) == 0 && path[length] == '/')
		path += length + 1;
	while (strncmp(path, "./", 2) == 0)
		path += 2;
	const char *slash = strrchr(path, '/');
	*outside = path[0] == '/' || strncmp(path, "../", 3) == 0 || strstr(path, "/../") != NULL;
	return *outside && slash != NULL ? slash + 1 : path;
}

static bool set_line(Dwarf_Die *unit, uint64_t offset, struct answer *answer)
{
	bool outside = false;
	Dwarf_Line *line = dwarf_getsrc_die(unit, offset);
	const char *path = line != NULL ? dwarf_linesrc(line, NULL, NULL) : NULL;
	int number = 0;
	if (path == NULL || dwarf_lineno(line, &number) != 0)
		return false;
	answer_set(answer->file, student_path(path, unit, &outside));
	answer->line = number > 0 ? (uint32_t)number : 0;
	return outside;
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

/* Where the inlined function is called; NULL: that is not said, or outside of the submission too. */
static const char *caller_path(Dwarf_Die *unit, Dwarf_Die *inlined, Dwarf_Word *line)
{
	Dwarf_Attribute attribute;
	Dwarf_Files *files;
	Dwarf_Word file;
	size_t n;
	bool outside = true;
	if (dwarf_formudata(dwarf_attr(inlined, DW_AT_call_file, &attribute), &file) != 0 ||
	    dwarf_formudata(dwarf_attr(inlined, DW_AT_call_line, &attribute), line) != 0 ||
	    dwarf_getsrcfiles(unit, &files, &n) != 0 || file >= n)
		return NULL;
	const char *path = dwarf_filesrc(files, file, NULL, NULL);
	path = path != NULL ? student_path(path, unit, &outside) : NULL;
	return outside ? NULL : path;
}

/* A function of somebody else's header, inlined: the line of the submission that it comes from, if there is one. */
static void set_caller(Dwarf_Die *unit, uint64_t offset, struct answer *answer)
{
	Dwarf_Die *scopes = NULL, *parents = NULL;
	int index, n = 0, count = dwarf_getscopes(unit, offset, &scopes);
	const char *path = NULL;
	Dwarf_Word line = 0;
	if (scope_name(scopes, count, DW_TAG_inlined_subroutine, &index) != NULL)
		n = dwarf_getscopes_die(&scopes[index], &parents);
	for (int i = 0; i < n && path == NULL; i++) {
		if (dwarf_tag(&parents[i]) != DW_TAG_inlined_subroutine)
			continue;
		path = caller_path(unit, &parents[i], &line);
		int next = i + 1;
		while (next < n && dwarf_tag(&parents[next]) != DW_TAG_inlined_subroutine &&
		       dwarf_tag(&parents[next]) != DW_TAG_subprogram)
			next++;
		const char *name = path != NULL && next < n ? function_name(&parents[next]) : NULL;
		if (name != NULL)
			answer_set(answer->name, name);
	}
	if (path != NULL) {
		answer_set(answer->file, path);
		answer->line = line <= UINT32_MAX ? (uint32_t)line : 0;
	}
	free(parents);
	free(scopes);
}

void dwarf_file_place(struct dwarf_file *file, uint64_t offset, struct answer *answer)
{
	Dwarf_CU *position = NULL;
	Dwarf_Die unit;
	while (dwarf_file_next_unit(file, &position, &unit)) {
		if (dwarf_haspc(&unit, offset) != 1)
			continue;
		bool outside = set_line(&unit, offset, answer);
		set_function(&unit, offset, answer);
		if (outside)
			set_caller(&unit, offset, answer);
		break;
	}
	uint64_t within;
	if (answer->name[0] == '\0') {
		const char *symbol = dwarf_file_symbol(file, offset, STT_FUNC, &within);
		if (symbol != NULL)
			answer_set(answer->name, symbol);
	}
}
