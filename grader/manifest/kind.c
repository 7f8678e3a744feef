#include "kind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syncgrade/workload.h>

#include "exercise.h"
#include "manifest.h"
#include "translate.h"
#include "validate.h"

/* ---- what the schema cannot say ---- */

static const char lower[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
static const char any_case[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

static char *join(const char *path, const char *key)
{
	return xasprintf("%s%s%s", path, path[0] != '\0' && key[0] != '[' ? "." : "", key);
}

static void problem(struct document *document, const char *path, const char *key, const char *sentence,
		    const char *what)
{
	char *whole = join(path, key), *text = text_replaced(sentence, "%s", what);
	document_problem(document, whole, "%s", text);
	free(text);
	free(whole);
}

/* Names become words of C. */
static void check_word(struct document *document, const char *path, const char *key, const char *word,
		       const char *letters)
{
	if (strspn(word, letters) != strlen(word) || (word[0] >= '0' && word[0] <= '9') || word[0] == '_')
		problem(document, path, key,
			letters == lower
			    ? _("\"%s\": use lower-case letters, digits and _ only, and begin with a letter")
			    : _("\"%s\": is no word of C; use letters, digits and _ only"),
			word);
}

static bool is_taken(const char *name)
{
	static const char *const taken[] = { "abi", "size", "init", "destroy", "threads_max" };
	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++) {
		if (strcmp(name, taken[i]) == 0)
			return true;
	}
	return false;
}

static uint32_t number_of(const struct raw_kind *raw, uint32_t index)
{
	return raw->operations[index].number != 0 ? raw->operations[index].number : TRIAL_OWN + index;
}

static void check_operation(struct document *document, const char *path, const struct raw_kind *raw, uint32_t index)
{
	const struct raw_operation *operation = &raw->operations[index];
	char *here = xasprintf("%s%soperations[%u]", path, path[0] != '\0' ? "." : "", index);
	check_word(document, here, "name", operation->name, lower);
	if (is_taken(operation->name))
		problem(document, here, "name",
			_("\"%s\" is a member that every kind's descriptor has; take another name, and leave init and "
			  "destroy out of the operations"),
			operation->name);
	for (uint32_t i = 0; i < index; i++) {
		if (strcmp(raw->operations[i].name, operation->name) == 0)
			problem(document, here, "name", _("\"%s\" is the name of an operation above too; rename one"),
				operation->name);
		if (number_of(raw, i) == number_of(raw, index))
			problem(document, here, "number", _("is that of %s too; leave it out"),
				raw->operations[i].name);
	}
	if (number_of(raw, index) <= TRIAL_DESTROY || number_of(raw, index) >= TRIAL_OPERATION_COUNT)
		problem(document, here, "number", _("is none that %s can have; leave it out"), operation->name);
	free(here);
}

/* Who waits for what nobody does waits for ever: then the block says too little. */
static void check_waiting(struct document *document, const char *path, const struct raw_kind *raw)
{
	const char *waits = NULL;
	bool ends = false;
	for (uint32_t i = 0; i < raw->n_operations; i++) {
		if (raw->operations[i].blocks && waits == NULL)
			waits = raw->operations[i].name;
		ends = ends || raw->operations[i].gives_way;
	}
	if (waits == NULL)
		problem(document, path, "operations",
			_("no operation waits for other threads; write blocks: true at each that may%s"), "");
	else if (!ends)
		problem(document, path, "operations",
			_("%s blocks, and no operation ends its waiting; write gives_way: true at each that does"),
			waits);
}

static void check_header(struct document *document, const char *path, const char *header)
{
	size_t length = strlen(header);
	bool system = header[0] == '<' && header[length - 1] == '>';
	if (header[0] == '/' || strstr(header, "..") != NULL || strpbrk(header, "\"\\ \n") != NULL ||
	    (!system && !text_ends(header, ".h")) || (!system && strpbrk(header, "<>") != NULL))
		problem(document, path, "header",
			_("\"%s\": write a file of the exercise's folder include/, such as latch.h"), header);
}

void kind_check(struct document *document, const char *path, const struct raw_kind *raw)
{
	check_word(document, path, "name", raw->name, lower);
	check_header(document, path, raw->header);
	check_word(document, path, "abi.macro", raw->abi.macro, any_case);
	if (raw->choice != NULL) {
		check_word(document, path, "choice.name", raw->choice->name, lower);
		if (raw->threads_max)
			problem(document, path, "choice",
				_("the descriptor has room for one number beside abi: %s or threads_max; remove one"),
				raw->choice->name);
		if (raw->choice->n_values != raw->choice->n_words)
			problem(document, path, "choice.words",
				_("are not as many as the values of %s; write one for each"), raw->choice->name);
	}
	for (uint32_t i = 0; i < raw->n_operations; i++)
		check_operation(document, path, raw, i);
	check_waiting(document, path, raw);
}

/* ---- the value ---- */

#define COPY(to, from) snprintf(to, sizeof(to), "%s", (from) != NULL ? (from) : "")

static void take_signature(struct kind_signature *signature, const char *returns, char *const *arguments, uint32_t n)
{
	COPY(signature->returns, returns);
	signature->n_arguments = n;
	for (uint32_t i = 0; i < n; i++)
		COPY(signature->arguments[i], arguments[i]);
}

static void take_choice(struct kind_choice *choice, const struct raw_choice *raw)
{
	COPY(choice->name, raw->name);
	choice->n = raw->n_values;
	for (uint32_t i = 0; i < raw->n_values; i++) {
		COPY(choice->values[i], raw->values[i]);
		COPY(choice->words[i], raw->words[i]);
	}
}

static void take_inside(struct kind_inside *inside, const struct raw_inside *raw)
{
	COPY(inside->enter, raw->enter);
	COPY(inside->enter_shared, raw->enter_shared);
	COPY(inside->leave, raw->leave);
	COPY(inside->together, raw->together);
	COPY(inside->too_many, raw->too_many);
	COPY(inside->one_alone, raw->one_alone);
	COPY(inside->each_alone, raw->each_alone);
}

void kind_take(struct plugin_kind *kind, const struct raw_kind *raw)
{
	*kind = (struct plugin_kind){ .abi = raw->abi.number,
				      .threads_max = raw->threads_max,
				      .n_operations = raw->n_operations };
	COPY(kind->name, raw->name);
	snprintf(kind->symbol, sizeof(kind->symbol), "%s_plugin", raw->name);
	COPY(kind->words, raw->words);
	snprintf(kind->header, sizeof(kind->header), raw->header[0] == '<' ? "%s" : "<%s>", raw->header);
	COPY(kind->abi_macro, raw->abi.macro);
	take_signature(&kind->init, "int", raw->init, raw->n_init);
	if (raw->choice != NULL)
		take_choice(&kind->choice, raw->choice);
	take_inside(&kind->inside, &raw->inside);
	for (uint32_t i = 0; i < raw->n_operations; i++) {
		const struct raw_operation *from = &raw->operations[i];
		struct kind_operation *to = &kind->operations[i];
		*to = (struct kind_operation){ .number = number_of(raw, i),
					       .required = !from->optional,
					       .blocks = from->blocks,
					       .gives_way = from->gives_way,
					       .keeps_out = from->keeps_out };
		COPY(to->name, from->name);
		take_signature(&to->signature, from->returns != NULL ? from->returns : "void", from->arguments,
			       from->n_arguments);
	}
}

/* ---- those that come with the program ---- */

/* The files of kinds/, as they are: cmake makes this table (CMakeLists.txt). */
static const struct {
	const char *name;
	const unsigned char *bytes;
	size_t length;
} files[] = {
#include "kinds_shipped.inc"
};

static int read_shipped(size_t i, struct kinds *kinds, struct fault *fault)
{
	struct document document;
	struct raw_kind *raw = NULL;
	struct plugin_kind kind;
	int r = document_init_text(&document, files[i].name, (const char *)files[i].bytes, files[i].length, fault);
	if (r == 0) {
		validate(&document, &kind_schema);
		r = document_problems(&document, fault);
	}
	if (r == 0)
		r = schema_load(&document, &kind_schema, (cyaml_data_t **)&raw, fault);
	if (r == 0) {
		kind_check(&document, "", raw);
		r = document_problems(&document, fault);
	}
	if (r == 0) {
		kind_take(&kind, raw);
		kinds_add(kinds, &kind);
	}
	schema_free(&kind_schema, raw);
	document_fini(&document);
	return r;
}

int kinds_shipped(struct kinds *kinds, struct fault *fault)
{
	int r = 0;
	*kinds = (struct kinds){ 0 };
	for (size_t i = 0; r == 0 && i < sizeof(files) / sizeof(files[0]); i++)
		r = read_shipped(i, kinds, fault);
	return r;
}
