#include "cause_key.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "conversion.h"
#include "saying.h"
#include "text.h"

#define SOMETHING "…"

/* The word that begins at `at` ends at a space, or at a comma or full stop that ends a clause; what stands in
 * parentheses or brackets belongs to it, spaces and all. */
static size_t word_length(const char *at)
{
	size_t length = 0;
	int depth = 0;
	for (; at[length] != '\0'; length++) {
		char byte = at[length], next = at[length + 1];
		depth += byte == '(' || byte == '[';
		depth -= (byte == ')' || byte == ']') && depth > 0;
		if (depth == 0 && (byte == ' ' || (strchr(",;:.", byte) != NULL && (next == ' ' || next == '\0'))))
			break;
	}
	return length;
}

/* Nobody's word of English or Korean looks so: it has a digit, or what only C's names, calls and places have. */
static bool is_own(const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (isdigit((unsigned char)word[i]) || strchr("_()[]<>*", word[i]) != NULL)
			return true;
		/* "kim.c", "std::mutex", "camelCase" */
		if (i > 0 && i + 1 < length && (word[i] == '.' || word[i] == ':') &&
		    isalnum((unsigned char)word[i + 1]))
			return true;
		if (i > 0 && isupper((unsigned char)word[i]) && islower((unsigned char)word[i - 1]))
			return true;
	}
	return false;
}

/* "acquire (mcs.c:41)": a bare name is known by the place behind it only. */
static bool stands_before_place(const char *behind)
{
	const char *colon = behind[0] == ' ' && behind[1] == '(' ? strpbrk(behind, ":)") : NULL;
	return colon != NULL && colon[0] == ':';
}

static bool ends_with(const struct text *text, const char *ending)
{
	size_t length = strlen(ending);
	return text->length >= length && strcmp(text->data + text->length - length, ending) == 0;
}

/* How long the quotation marks are with which it begins or, backwards, ends (U+2000 to U+2FFF: “, ‘, ⟦). */
static size_t quotes_length(const char *word, size_t length, bool backwards)
{
	enum { BYTES = 3 };
	size_t quotes = 0;
	while (quotes + BYTES <= length && word[backwards ? length - quotes - BYTES : quotes] == '\xe2')
		quotes += BYTES;
	return quotes;
}

static void add_something(struct text *text)
{
	if (!ends_with(text, SOMETHING " "))
		text_add(text, SOMETHING);
	else
		text->data[--text->length] = '\0';
}

static void add_word(struct text *text, const char *word, size_t length)
{
	size_t before = quotes_length(word, length, false), after = quotes_length(word, length, true);
	if ((!is_own(word, length) && !stands_before_place(word + length)) || before + after >= length) {
		text_append(text, word, length);
		return;
	}
	text_append(text, word, before);
	add_something(text);
	text_append(text, word + length - after, after);
}

/* "thread … waits in …, thread … waits in …, for" → "thread … waits in …, for" */
static char *without_repetition(const char *words)
{
	struct text text = { 0 };
	const char *last = NULL;
	size_t last_length = 0;
	for (const char *at = words; *at != '\0';) {
		const char *comma = strstr(at, ", ");
		size_t length = comma != NULL ? (size_t)(comma - at) : strlen(at);
		/* The first clause has its head before it: "Deadlock: thread … waits in …". */
		bool again = last != NULL && last_length >= length &&
			     strncmp(last + last_length - length, at, length) == 0 &&
			     (last_length == length || last[last_length - length - 1] == ' ');
		if (!again)
			text_printf(&text, "%s%.*s", last != NULL ? ", " : "", (int)length, at);
		if (!again) {
			last = at;
			last_length = length;
		}
		at += length + (comma != NULL ? 2 : 0);
	}
	return text_take(&text);
}

char *cause_words(const char *message)
{
	struct text text = { 0 };
	for (const char *at = message; *at != '\0';) {
		size_t length = word_length(at);
		if (length > 0)
			add_word(&text, at, length);
		at += length;
		if (*at != '\0')
			text_append(&text, at++, 1);
	}
	char *words = text_take(&text), *plain = without_repetition(words);
	free(words);
	return plain;
}

/* "… step" and "… steps" are one: what a number counts loses its plural. */
static void drop_plurals(char *words)
{
	static const char before[] = SOMETHING " ";
	for (char *at = words; (at = strstr(at, before)) != NULL;) {
		at += sizeof(before) - 1;
		char *end = at + strcspn(at, " ,.;:");
		if (end > at && end[-1] == 's')
			memmove(end - 1, end, strlen(end) + 1);
	}
}

/* ---- of which sentences it was made ---- */

static void add_saying(struct text *text, const struct saying *saying, bool is_argument);

/* Each conversion is what it is filled in with: sentences, or somebody's own. */
static void add_filled(struct text *text, const char *template, const struct saying_part *part)
{
	size_t next = 0;
	for (const char *at = template; *at != '\0';) {
		size_t plain = strcspn(at, "%");
		text_append(text, at, plain);
		at += plain;
		if (*at == '\0')
			break;
		struct conversion conversion = conversion_at(at);
		if (conversion.kind != '%') {
			size_t which = conversion.number > 0 ? conversion.number - 1 : next++;
			if (which < part->n)
				add_saying(text, &part->argument[which], true);
		}
		at += conversion.length;
	}
}

static void add_sentence(struct text *text, const struct saying_part *part)
{
	/* Only a way to say what is inside. */
	bool way = part->words == NULL && part->n > 0 &&
		   (part->id == SAID_WORKLOAD || part->id == SAID_OF_PROCESSES || part->id == SAID_RATHER ||
		    part->id == SAID_SENTENCE);
	if (way)
		add_saying(text, &part->argument[0], false);
	else if (saying_template(part) != NULL)
		add_filled(text, saying_template(part), part);
}

static bool is_punctuation(const char *words)
{
	return words[strspn(words, " ,.;:()")] == '\0';
}

static void add_saying(struct text *text, const struct saying *saying, bool is_argument)
{
	for (size_t i = 0; i < saying->n; i++) {
		const struct saying_part *part = &saying->part[i];
		if (part->sentence)
			add_sentence(text, part);
		else
			text_add(text, is_argument && !is_punctuation(part->words) ? SOMETHING : part->words);
	}
}

static char *sentences_of(const char *said)
{
	struct saying saying;
	struct text text = { 0 };
	saying_read(&saying, said);
	add_saying(&text, &saying, false);
	saying_free(&saying);
	char *sentences = text_take(&text), *plain = without_repetition(sentences);
	free(sentences);
	return plain;
}

/* ---- the key ---- */

char *cause_key(const struct result *result, const struct check_result *check)
{
	if (check->resembles != NULL)
		return xasprintf("mistake\n%s", check->resembles);
	const char *message = check->message != NULL ? check->message : "",
		   *said = result != NULL ? result_said(result, message) : NULL;
	char *words = said != NULL ? sentences_of(said) : cause_words(message);
	drop_plurals(words);
	char *key =
	    xasprintf("%s\n%s\n%s", property_name(check->property), check_is_remark(check) ? "remark" : "", words);
	free(words);
	return key;
}
