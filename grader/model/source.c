#include "source.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_STRING, TOKEN_MARK };

struct token {
	enum token_kind kind;
	const char *at;
	size_t length;
};

struct reader {
	const char *at;
	bool line_begins;              /* nothing but blanks since the last line end */
	struct source_facts *includes; /* gets what is included; may be NULL */
};

/* ---- tokens ---- */

static bool is_word(char byte)
{
	return isalnum((unsigned char)byte) || byte == '_' || byte == '$' || (unsigned char)byte >= 0x80;
}

/* Behind a line that may go on after a backslash: its line end, or the end. */
static const char *line_end(const char *at)
{
	for (; *at != '\0' && *at != '\n'; at++) {
		if (at[0] == '\\' && at[1] == '\n')
			at++;
		else if (at[0] == '\\' && at[1] == '\r' && at[2] == '\n')
			at += 2;
		else if (at[0] == '/' && at[1] == '*') {
			const char *end = strstr(at + 2, "*/");
			at = end != NULL ? end + 1 : at + strlen(at) - 1;
		}
	}
	return at;
}

static bool word_is(const char *at, const char *word)
{
	size_t length = strlen(word);
	return strncmp(at, word, length) == 0 && !is_word(at[length]);
}

static const char *blanks_end(const char *at)
{
	return at + strspn(at, " \t");
}

/* The word of a directive; `at` is behind the '#'. */
static const char *directive(const char *at)
{
	return blanks_end(at);
}

static bool is_zero(const char *condition)
{
	const char *at = blanks_end(condition);
	return *at == '0' && !is_word(at[1]) && *blanks_end(at + 1) != '|' && *blanks_end(at + 1) != '=';
}

/* `at` is behind the line of an #if that is false: goes to behind the #else, #elif or #endif that belongs to it. */
static const char *skip_false(const char *at)
{
	unsigned depth = 0;
	for (; *at != '\0'; at = line_end(at) + (*line_end(at) == '\n')) {
		const char *hash = blanks_end(at);
		if (*hash != '#')
			continue;
		const char *word = directive(hash + 1);
		if (strncmp(word, "if", 2) == 0) {
			depth++;
		} else if (depth == 0 && (word_is(word, "else") || word_is(word, "elif") || word_is(word, "endif"))) {
			return line_end(at);
		} else if (word_is(word, "endif")) {
			depth--;
		}
	}
	return at;
}

static void note_include(struct source_facts *facts, const char *at)
{
	const char *quote = blanks_end(at), *end = *quote == '"' ? strpbrk(quote + 1, "\"\n") : NULL;
	if (facts == NULL || end == NULL || *end != '"')
		return;
	facts->includes = xrealloc(facts->includes, (facts->n_includes + 1) * sizeof(*facts->includes));
	facts->includes[facts->n_includes++] = xstrndup(quote + 1, (size_t)(end - quote - 1));
}

static const char *skip_directive(struct reader *reader, const char *hash)
{
	const char *word = directive(hash + 1), *end = line_end(hash);
	if (word_is(word, "include"))
		note_include(reader->includes, word + strlen("include"));
	if (word_is(word, "if") && is_zero(word + 2))
		return skip_false(*end == '\n' ? end + 1 : end);
	return end;
}

static const char *skip_quoted(const char *at)
{
	char quote = *at++;
	for (; *at != '\0' && *at != quote && *at != '\n'; at++) {
		if (*at == '\\' && at[1] != '\0')
			at++;
	}
	return *at == quote ? at + 1 : at;
}

/* R"delimiter(…)delimiter" of C++; `at` is at the quote. */
static const char *skip_raw(const char *at)
{
	const char *open = strchr(at, '(');
	if (open == NULL || open - at > 17)
		return skip_quoted(at);
	char *close = xasprintf(")%.*s\"", (int)(open - at - 1), at + 1);
	const char *end = strstr(open, close);
	end = end != NULL ? end + strlen(close) : at + strlen(at);
	free(close);
	return end;
}

static const char *skip_space(struct reader *reader, const char *at)
{
	for (;;) {
		if (*at == '\n') {
			reader->line_begins = true;
			at++;
		} else if (isspace((unsigned char)*at)) {
			at++;
		} else if (at[0] == '\\' && (at[1] == '\n' || at[1] == '\r')) {
			at += 2;
		} else if (at[0] == '/' && at[1] == '/') {
			at += strcspn(at, "\n");
		} else if (at[0] == '/' && at[1] == '*') {
			const char *end = strstr(at + 2, "*/");
			at = end != NULL ? end + 2 : at + strlen(at);
		} else if (*at == '#' && reader->line_begins) {
			at = skip_directive(reader, at);
		} else {
			return at;
		}
	}
}

static struct token next(struct reader *reader)
{
	const char *at = skip_space(reader, reader->at);
	struct token token = { .kind = TOKEN_MARK, .at = at, .length = 1 };
	reader->line_begins = false;
	if (*at == '\0') {
		token = (struct token){ .kind = TOKEN_END, .at = at };
	} else if (*at == '"' || *at == '\'') {
		token.kind = TOKEN_STRING;
		token.length = (size_t)(skip_quoted(at) - at);
	} else if (is_word(*at)) {
		token.kind = TOKEN_WORD;
		while (is_word(at[token.length]))
			token.length++;
		if (at[token.length] == '"' && at[token.length - 1] == 'R') {
			token.kind = TOKEN_STRING;
			token.length = (size_t)(skip_raw(at + token.length) - at);
		}
	}
	reader->at = at + token.length;
	return token;
}

static bool is(struct token token, const char *text)
{
	return token.kind != TOKEN_END && token.length == strlen(text) && strncmp(token.at, text, token.length) == 0;
}

/* ---- declarations outside of functions ---- */

/* A word outside of all braces, and what stands around it. */
struct outer_word {
	struct token word, before, after; /* after: behind its attributes */
	bool is_extern;                   /* in its declaration */
	bool is_body;                     /* parentheses, then a brace: a function with its body */
	bool has_braces;                  /* `= {` or `{` */
};

/* Behind balanced parentheses or brackets, if there are any. */
static void skip_group(struct reader *reader)
{
	unsigned depth = 0;
	do {
		struct token token = next(reader);
		if (token.kind == TOKEN_END)
			return;
		depth += is(token, "(") || is(token, "[");
		depth -= is(token, ")") || is(token, "]");
	} while (depth > 0);
}

static struct token peek(const struct reader *reader)
{
	struct reader ahead = *reader;
	ahead.includes = NULL;
	return next(&ahead);
}

/* What comes behind __attribute__((…)), __asm__(…), [[…]] and alignas(…). */
static struct token behind_attributes(struct reader ahead)
{
	for (;;) {
		struct token token = peek(&ahead);
		bool attribute = is(token, "__attribute__") || is(token, "__asm__") || is(token, "asm") ||
				 is(token, "alignas") || is(token, "_Alignas");
		if (attribute)
			next(&ahead);
		if (!attribute && !is(token, "["))
			return token;
		skip_group(&ahead);
	}
}

static bool has_body(struct reader ahead)
{
	ahead.includes = NULL;
	if (!is(peek(&ahead), "("))
		return false;
	skip_group(&ahead);
	struct token token = behind_attributes(ahead);
	/* C++: noexcept. */
	while (token.kind == TOKEN_WORD) {
		ahead.at = token.at;
		next(&ahead);
		token = behind_attributes(ahead);
	}
	return is(token, "{");
}

static bool has_braces(struct reader ahead)
{
	ahead.includes = NULL;
	struct token token = behind_attributes(ahead);
	if (is(token, "=")) {
		ahead.at = token.at + token.length;
		token = peek(&ahead);
	}
	return is(token, "{");
}

typedef bool visit_word(void *context, const struct outer_word *word);

/* Calls for each word outside of all braces, until told to stop. `extern "C" {` is no brace. */
static bool each_outer_word(const char *text, struct source_facts *includes, visit_word *visit, void *context)
{
	struct reader reader = { .at = text, .line_begins = true, .includes = includes };
	struct token before = { .kind = TOKEN_END }, token;
	unsigned depth = 0, linkages = 0;
	bool is_extern = false;
	while ((token = next(&reader)).kind != TOKEN_END) {
		if (is(token, "{")) {
			if (depth == 0 && before.kind == TOKEN_STRING && is_extern)
				linkages++;
			else
				depth++;
			is_extern = is_extern && depth > 0;
		} else if (is(token, "}")) {
			if (depth > 0)
				depth--;
			else if (linkages > 0)
				linkages--;
		} else if (depth == 0 && is(token, ";")) {
			is_extern = false;
		} else if (depth == 0 && is(token, "extern")) {
			is_extern = true;
		} else if (depth == 0 && token.kind == TOKEN_WORD) {
			struct reader ahead = reader;
			ahead.includes = NULL;
			struct outer_word word = { .word = token,
						   .before = before,
						   .after = behind_attributes(ahead),
						   .is_extern = is_extern,
						   .is_body = has_body(ahead),
						   .has_braces = has_braces(ahead) };
			if (!visit(context, &word))
				return false;
		}
		before = token;
	}
	return true;
}

static bool is_tag(struct token before)
{
	return is(before, "struct") || is(before, "class") || is(before, "union") || is(before, "enum");
}

/* `x = …`, `x { … }` (C++), `x;` without extern. */
static bool is_variable(const struct outer_word *word)
{
	if (is_tag(word->before) || word->before.kind == TOKEN_END || is(word->before, ";") || is(word->before, "}"))
		return false;
	if (word->before.kind != TOKEN_WORD && !is(word->before, "*") && !is(word->before, ")") &&
	    !is(word->before, "]") && !is(word->before, ","))
		return false;
	return is(word->after, "=") || is(word->after, "{") || (is(word->after, ";") && !word->is_extern);
}

static const char ending[] = "_plugin";

/* "lock" of "lock_plugin"; NULL: the word is not the name of a descriptor. The caller owns it. */
static char *kind_of(const char *word, size_t length)
{
	size_t rest = strlen(ending);
	return length > rest && memcmp(word + length - rest, ending, rest) == 0 ? xstrndup(word, length - rest) : NULL;
}

/* A descriptor of whatever kind: `const struct lock_plugin lock_plugin …`, or under another name of that type a
 * variable that is called so and begins with a brace. */
static bool is_descriptor(const struct outer_word *word)
{
	bool same = word->before.kind == TOKEN_WORD && word->before.length == word->word.length &&
		    memcmp(word->before.at, word->word.at, word->word.length) == 0;
	return is_variable(word) && (same || word->has_braces);
}

static bool look_at(void *context, const struct outer_word *word)
{
	struct source_facts *facts = context;
	if (is(word->word, "main") && word->is_body)
		facts->has_main = true;
	if (facts->defines == NULL && is_descriptor(word))
		facts->defines = kind_of(word->word.at, word->word.length);
	return true;
}

/* `load_plugin(…)` is a function. */
static void find_mention(const char *text, struct source_facts *facts)
{
	for (const char *hit = text; facts->mentions == NULL && (hit = strstr(hit, ending)) != NULL;) {
		const char *begin = hit, *end = hit + strlen(ending), *after = end;
		while (begin > text && is_word(begin[-1]))
			begin--;
		after += strspn(after, " \t\n");
		if (!is_word(*end) && *after != '(')
			facts->mentions = kind_of(begin, (size_t)(end - begin));
		hit = end;
	}
}

void source_look(const char *text, struct source_facts *facts)
{
	*facts = (struct source_facts){ 0 };
	each_outer_word(text, facts, look_at, facts);
	find_mention(text, facts);
}

void source_facts_free(struct source_facts *facts)
{
	for (size_t i = 0; i < facts->n_includes; i++)
		free(facts->includes[i]);
	free(facts->includes);
	free(facts->defines);
	free(facts->mentions);
	*facts = (struct source_facts){ 0 };
}

static bool look_for(void *context, const struct outer_word *word)
{
	return !(is(word->word, context) && (word->is_body || is_variable(word)));
}

bool source_defines(const char *text, const char *name)
{
	char *wanted = xstrdup(name);
	bool found = !each_outer_word(text, NULL, look_for, wanted);
	free(wanted);
	return found;
}

unsigned source_word_line(const char *text, const char *word, bool calls)
{
	struct reader reader = { .at = text, .line_begins = true };
	struct token before = { .kind = TOKEN_END }, token;
	while ((token = next(&reader)).kind != TOKEN_END) {
		bool member = is(before, ".") || is(before, ">");
		if (is(token, word) && (!calls || (!member && is(peek(&reader), "(")))) {
			unsigned line = 1;
			for (const char *at = text; at < token.at; at++)
				line += *at == '\n';
			return line;
		}
		before = token;
	}
	return 0;
}

bool source_is_cxx(const char *name)
{
	return text_ends(name, ".cpp") || text_ends(name, ".cc") || text_ends(name, ".cxx");
}

bool source_is_source(const char *name)
{
	return text_ends(name, ".c") || source_is_cxx(name);
}
