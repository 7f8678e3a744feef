#include "maps.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "saying.h"
#include "text.h"
#include "translate.h"

struct mapping {
	uint64_t begin, end;
	char access[8];   /* "r-xp" */
	const char *path; /* in the line; "": none */
};

static bool read_mapping(const char *line, struct mapping *mapping)
{
	int at = 0;
	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %7s %*s %*s %*s %n", &mapping->begin, &mapping->end, mapping->access,
		   &at) < 3 ||
	    at == 0)
		return false;
	mapping->path = line + at;
	return true;
}

static void append_file(struct text *text, const char *path, size_t bytes_max)
{
	char buffer[4096];
	FILE *file = fopen(path, "re");
	for (size_t n; file != NULL && text->length < bytes_max && (n = fread(buffer, 1, sizeof(buffer), file)) > 0;)
		text_append(text, buffer, n);
	if (file != NULL)
		fclose(file);
}

/* NULL: unknown. A worker that ends while it is read leaves the rest out, and has none at all from then on. */
static char *read_maps(pid_t pid)
{
	struct text text = { 0 }, after = { 0 };
	char path[64];
	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	append_file(&text, path, SIZE_MAX);
	append_file(&after, path, 1);
	bool whole = text.length > 0 && after.length > 0;
	text_free(&after);
	if (!whole)
		text_free(&text);
	return whole ? text_take(&text) : NULL;
}

/* The line that begins at *at, cut off; *at moves on. NULL: no more. */
static char *next_line(char **at)
{
	char *line = *at, *end = strchr(line, '\n');
	if (*line == '\0')
		return NULL;
	*at = end != NULL ? end + 1 : line + strlen(line);
	if (end != NULL)
		*end = '\0';
	return line;
}

static bool is_fixed(const struct mapping *mapping)
{
	return mapping->path[0] == '/' && strchr(mapping->access, 'w') == NULL;
}

char *maps_take(pid_t pid)
{
	char *maps = read_maps(pid), *line;
	struct text fixed = { 0 };
	struct mapping mapping;
	for (char *at = maps; maps != NULL && (line = next_line(&at)) != NULL;) {
		if (read_mapping(line, &mapping) && is_fixed(&mapping))
			text_printf(&fixed, "%s\n", line);
	}
	free(maps);
	return maps != NULL ? text_take(&fixed) : NULL;
}

/* What is mapped at `begin` now. */
static bool find_mapping(const char *maps, uint64_t begin, struct mapping *found)
{
	char *copy = xstrdup(maps), *line;
	bool is_there = false;
	for (char *at = copy; !is_there && (line = next_line(&at)) != NULL;)
		is_there = read_mapping(line, found) && found->begin <= begin && begin < found->end;
	free(copy);
	return is_there;
}

static char *find_change(const char *maps, const char *before)
{
	char *copy = xstrdup(before), *line, *words = NULL;
	struct mapping was, is;
	for (char *at = copy; words == NULL && (line = next_line(&at)) != NULL;) {
		if (!read_mapping(line, &was))
			continue;
		if (!find_mapping(maps, was.begin, &is) || is.end < was.end || strcmp(is.access, was.access) != 0)
			words =
			    say(N_("has changed the access to memory of %s, which is not its own"), basename(was.path));
	}
	free(copy);
	return words;
}

static char *find_writable_code(const char *maps)
{
	char *copy = xstrdup(maps), *line, *words = NULL;
	struct mapping mapping;
	for (char *at = copy; words == NULL && (line = next_line(&at)) != NULL;) {
		if (read_mapping(line, &mapping) && strchr(mapping.access, 'x') != NULL &&
		    (strchr(mapping.access, 'w') != NULL || mapping.path[0] == '\0'))
			words = say_only(N_("has made code that comes from no file"));
	}
	free(copy);
	return words;
}

char *maps_tampered(pid_t pid, const char *before)
{
	char *maps = before != NULL ? read_maps(pid) : NULL, *words = NULL;
	if (maps != NULL) {
		words = find_change(maps, before);
		if (words == NULL)
			words = find_writable_code(maps);
	}
	free(maps);
	return words;
}
