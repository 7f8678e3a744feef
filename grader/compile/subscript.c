#include "subscript.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

static bool of_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t word_length(const char *at)
{
	size_t length = 0;
	while (of_word(at[length]))
		length++;
	return length;
}

/* Comments, strings and characters become spaces, so that a place here is the same place there. */
static char *code_only(const char *text)
{
	char *code = xstrdup(text);
	for (char *at = code; *at != '\0';) {
		char *end = at;
		if (at[0] == '/' && at[1] == '/') {
			end = at + strcspn(at, "\n");
		} else if (at[0] == '/' && at[1] == '*') {
			end = strstr(at + 2, "*/");
			end = end != NULL ? end + 2 : at + strlen(at);
		} else if (*at == '"' || *at == '\'') {
			for (end = at + 1; *end != '\0' && *end != *at && *end != '\n';)
				end += end[0] == '\\' && end[1] != '\0' ? 2 : 1;
			end += *end == *at;
		}
		for (; at < end; at++)
			*at = *at == '\n' ? '\n' : ' ';
		if (*at != '\0' && *at != '/' && *at != '"' && *at != '\'')
			at++;
		else if (at == end && *at == '/' && at[1] != '/' && at[1] != '*')
			at++;
	}
	return code;
}

/* Whether a declaration that begins at the word `at` declares atomic variables. */
static bool begins_atomic(const char *at, size_t length)
{
	size_t gap = strspn(at + length, " \t\n");
	if (length == strlen("_Atomic") && strncmp(at, "_Atomic", length) == 0)
		return true;
	return strncmp(at, "atomic_", strlen("atomic_")) == 0 && of_word(at[length + gap]);
}

/* Whether `name` is a declarator between the type at `at` and the declaration's end. */
static bool declares(const char *at, const char *name, size_t name_length)
{
	for (; *at != '\0' && strchr(";{}", *at) == NULL;) {
		size_t length = word_length(at);
		if (length == name_length && strncmp(at, name, length) == 0 &&
		    strchr(",;=[)", at[length + strspn(at + length, " \t\n")]) != NULL)
			return true;
		at += length > 0 ? length : 1;
	}
	return false;
}

static bool is_atomic(const char *code, const char *name, size_t name_length)
{
	for (const char *at = code; *at != '\0';) {
		size_t length = word_length(at);
		if (length > 0 && begins_atomic(at, length) && declares(at + length, name, name_length))
			return true;
		at += length > 0 ? length : 1;
	}
	return false;
}

/* The ] that belongs to the [ before `at`; NULL: none. */
static const char *closing(const char *at)
{
	for (unsigned depth = 1; *at != '\0'; at++) {
		depth += *at == '[';
		depth -= *at == ']';
		if (depth == 0)
			return at;
	}
	return NULL;
}

/* Whether what stands between is a variable by itself, or a member, an element, what a pointer points to, and atomic.
 */
static bool is_atomic_variable(const char *code, const char *begin, const char *end)
{
	const char *last = NULL;
	size_t last_length = 0;
	for (const char *at = begin; at < end;) {
		size_t length = word_length(at);
		if (length > 0 && !isdigit((unsigned char)*at))
			last = at, last_length = length;
		else if (length == 0 && *at == '[' && closing(at + 1) != NULL)
			length = (size_t)(closing(at + 1) - at) + 1;
		else if (length == 0 && strchr(" \t().*>-", *at) == NULL)
			return false;
		else if (length == 0 && *at == '-' && at[1] != '>')
			return false;
		else if (length == 0 && *at == '>' && (at == begin || at[-1] != '-'))
			return false;
		at += length > 0 ? length : 1;
	}
	return last != NULL && is_atomic(code, last, last_length);
}

char *subscripts_as_meant(const char *text, const char *name)
{
	char *code = code_only(text);
	char *closes = xcalloc(strlen(text) + 1, 1); /* what stands before this place is to be closed */
	struct text meant = { 0 };
	bool some = false;

	text_add(&meant, "#line 1 \"");
	text_add(&meant, name);
	text_add(&meant, "\"\n");
	for (size_t i = 0; text[i] != '\0'; i++) {
		const char *end = code[i] == '[' ? closing(code + i + 1) : NULL;
		if (closes[i])
			text_add(&meant, ")");
		text_append(&meant, text + i, 1);
		if (end == NULL || !is_atomic_variable(code, code + i + 1, end))
			continue;
		text_add(&meant, "+(");
		closes[end - code] = 1;
		some = true;
	}
	free(closes);
	free(code);
	char *result = text_take(&meant);
	if (some)
		return result;
	free(result);
	return NULL;
}
