#include "winnow.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

/* ---- tokens ---- */

struct token {
	uint64_t what;
	unsigned line;
};

struct tokens {
	size_t n, capacity;
	struct token *list;
};

enum { TOKEN_NAME = 256, TOKEN_NUMBER, TOKEN_STRING, TOKEN_KEYWORD };

/* What a program does, and not what it calls things. */
static const char *const keywords[] = { "break",    "case",    "continue", "default", "do",     "else",   "enum",
					"for",      "goto",    "if",       "return",  "sizeof", "static", "struct",
					"switch",   "typedef", "union",    "void",    "while",  "const",  "int",
					"unsigned", "bool",    "char",     "inline",  "signed", "long",   "short" };

static uint64_t word_token(const char *word, size_t length)
{
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		if (strlen(keywords[i]) == length && strncmp(keywords[i], word, length) == 0)
			return TOKEN_KEYWORD + i;
	}
	return TOKEN_NAME;
}

static void add_token(struct tokens *tokens, uint64_t what, unsigned line)
{
	if (tokens->n == tokens->capacity) {
		tokens->capacity = 2 * tokens->capacity + 256;
		tokens->list = xrealloc(tokens->list, tokens->capacity * sizeof(*tokens->list));
	}
	tokens->list[tokens->n++] = (struct token){ what, line };
}

static bool is_word(char byte)
{
	return isalnum((unsigned char)byte) || byte == '_' || (unsigned char)byte >= 0x80;
}

/* Behind a comment, a string or a directive that begins at `at`; `at` itself: none does. */
static const char *skipped(const char *at, bool line_begins)
{
	if (at[0] == '/' && at[1] == '*') {
		const char *end = strstr(at + 2, "*/");
		return end != NULL ? end + 2 : at + strlen(at);
	}
	if ((at[0] == '/' && at[1] == '/') || (at[0] == '#' && line_begins)) {
		while (*at != '\0' && *at != '\n')
			at += at[0] == '\\' && at[1] != '\0' ? 2 : 1;
		return at;
	}
	if (at[0] == '"' || at[0] == '\'') {
		char quote = *at++;
		while (*at != '\0' && *at != quote && *at != '\n')
			at += at[0] == '\\' && at[1] != '\0' ? 2 : 1;
		return *at == quote ? at + 1 : at;
	}
	return at;
}

static struct tokens tokens_of(const char *source)
{
	struct tokens tokens = { 0 };
	unsigned line = 1;
	bool line_begins = true;
	for (const char *at = source; *at != '\0';) {
		const char *end = skipped(at, line_begins);
		if (end > at) {
			if (*at == '"' || *at == '\'')
				add_token(&tokens, TOKEN_STRING, line);
		} else if (is_word(*at)) {
			while (is_word(*end))
				end++;
			add_token(&tokens,
				  isdigit((unsigned char)*at) ? TOKEN_NUMBER : word_token(at, (size_t)(end - at)),
				  line);
		} else {
			if (!isspace((unsigned char)*at))
				add_token(&tokens, (unsigned char)*at, line);
			end = at + 1;
		}
		line_begins = (line_begins && isspace((unsigned char)*at)) || *at == '\n';
		for (; at < end; at++)
			line += *at == '\n';
	}
	return tokens;
}

/* ---- fingerprints ---- */

/* FNV-1a (Fowler, Noll, Vo 1991) of a run of tokens, mixed, so that the least is anywhere. */
static uint64_t hash_run(const struct token *run)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < WINNOW_TOKENS; i++)
		hash = (hash ^ run[i].what) * UINT64_C(0x100000001b3);
	hash ^= hash >> 32;
	return hash * UINT64_C(0x9e3779b97f4a7c15);
}

static int by_hash(const void *a, const void *b)
{
	const struct fingerprint *one = a, *other = b;
	if (one->hash != other->hash)
		return one->hash < other->hash ? -1 : 1;
	return (one->line > other->line) - (one->line < other->line);
}

static void keep_once(struct fingerprints *fingerprints)
{
	size_t n = 0;
	if (fingerprints->n > 1)
		qsort(fingerprints->list, fingerprints->n, sizeof(*fingerprints->list), by_hash);
	for (size_t i = 0; i < fingerprints->n; i++) {
		if (n == 0 || fingerprints->list[n - 1].hash != fingerprints->list[i].hash)
			fingerprints->list[n++] = fingerprints->list[i];
	}
	fingerprints->n = n;
}

struct fingerprints winnow(const char *source)
{
	struct tokens tokens = tokens_of(source);
	size_t runs = tokens.n >= WINNOW_TOKENS ? tokens.n - WINNOW_TOKENS + 1 : 0, last = SIZE_MAX;
	size_t windows = runs >= WINNOW_WINDOW ? runs - WINNOW_WINDOW + 1 : runs > 0;
	uint64_t *hashes = xcalloc(runs + 1, sizeof(*hashes));
	struct fingerprints fingerprints = { .list = xcalloc(windows + 1, sizeof(*fingerprints.list)) };
	for (size_t i = 0; i < runs; i++)
		hashes[i] = hash_run(&tokens.list[i]);
	for (size_t begin = 0; begin < windows; begin++) {
		size_t least = begin;
		/* Of equal ones the rightmost, which stays the least of the next windows for longer. */
		for (size_t i = begin; i < begin + WINNOW_WINDOW && i < runs; i++)
			least = hashes[i] <= hashes[least] ? i : least;
		if (least != last)
			fingerprints.list[fingerprints.n++] =
			    (struct fingerprint){ hashes[least], tokens.list[least].line };
		last = least;
	}
	keep_once(&fingerprints);
	free(hashes);
	free(tokens.list);
	return fingerprints;
}

void fingerprints_free(struct fingerprints *fingerprints)
{
	free(fingerprints->list);
	*fingerprints = (struct fingerprints){ 0 };
}

void fingerprints_remove(struct fingerprints *from, const struct fingerprints *others)
{
	size_t n = 0, k = 0;
	for (size_t i = 0; i < from->n; i++) {
		while (k < others->n && others->list[k].hash < from->list[i].hash)
			k++;
		if (k == others->n || others->list[k].hash != from->list[i].hash)
			from->list[n++] = from->list[i];
	}
	from->n = n;
}

void fingerprints_add(struct fingerprints *to, const struct fingerprints *more)
{
	to->list = xrealloc(to->list, (to->n + more->n + 1) * sizeof(*to->list));
	memcpy(&to->list[to->n], more->list, more->n * sizeof(*more->list));
	to->n += more->n;
	keep_once(to);
}

static void widen(struct likeness *likeness, unsigned which, unsigned line)
{
	if (likeness->first[which] == 0 || line < likeness->first[which])
		likeness->first[which] = line;
	if (line > likeness->last[which])
		likeness->last[which] = line;
}

struct likeness fingerprints_compare(const struct fingerprints *one, const struct fingerprints *other)
{
	struct likeness likeness = { .of = one->n < other->n ? one->n : other->n };
	for (size_t i = 0, k = 0; i < one->n && k < other->n;) {
		if (one->list[i].hash < other->list[k].hash) {
			i++;
		} else if (one->list[i].hash > other->list[k].hash) {
			k++;
		} else {
			widen(&likeness, 0, one->list[i++].line);
			widen(&likeness, 1, other->list[k++].line);
			likeness.common++;
		}
	}
	return likeness;
}
