#include "translation.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "document.h"
#include "translate.h"

enum { TEXT_BYTES_MAX = 2000 };

static const char *scalar(const yaml_node_t *node)
{
	return node->type == YAML_SCALAR_NODE ? (const char *)node->data.scalar.value : "?";
}

/* Takes what stands at `path` for *text. */
static void take_text(struct document *document, const char *path, const yaml_node_t *node, const char **text)
{
	size_t length = node->type == YAML_SCALAR_NODE ? node->data.scalar.length : 0;
	if (node->type != YAML_SCALAR_NODE) {
		document_problem(document, path, _("is not a text; write one"));
	} else if (length == 0 || strlen(scalar(node)) != length) {
		document_problem(document, path, _("is empty, or holds a NUL character; write a text"));
	} else if (length > TEXT_BYTES_MAX) {
		document_problem(document, path, _("is %zu bytes long; at most %d are allowed"), length,
				 TEXT_BYTES_MAX);
	} else {
		free((void *)*text);
		*text = xstrdup(scalar(node));
	}
}

/* What each kind of key translates: takes the text for `name`, and says whether there is such a thing. */
struct table {
	const char *key;
	bool (*take)(struct document *document, const char *path, struct exercise *exercise, const char *name,
		     const yaml_node_t *node);
	const char *unknown;
};

static bool take_hint(struct document *document, const char *path, struct exercise *exercise, const char *name,
		      const yaml_node_t *node)
{
	struct exercise_check *check = (struct exercise_check *)exercise_find_check(exercise, name);
	if (check != NULL)
		take_text(document, path, node, &check->hint);
	return check != NULL;
}

static bool take_section(struct document *document, const char *path, struct exercise *exercise, const char *name,
			 const yaml_node_t *node)
{
	bool found = false;
	for (size_t i = 0; i < exercise->n_checks; i++) {
		struct exercise_check *check = (struct exercise_check *)&exercise->checks[i];
		if (check->section == NULL || strcmp(check->section, name) != 0)
			continue;
		found = true;
		take_text(document, path, node, &check->section);
	}
	return found;
}

/* mistakes.yaml is written by the program: a name that has gone from it is nobody's error. */
static bool take_mistake(struct document *document, const char *path, struct exercise *exercise, const char *name,
			 const yaml_node_t *node)
{
	for (size_t i = 0; i < exercise->n_mistakes; i++) {
		if (strcmp(exercise->mistakes[i].name, name) == 0)
			take_text(document, path, node, (const char **)&exercise->mistakes[i].name);
	}
	return true;
}

/* The words of a kind of its own, by their keys in the block. */
static bool take_kind(struct document *document, const char *path, struct exercise *exercise, const char *name,
		      const yaml_node_t *node)
{
	struct plugin_kind *kind = &exercise->kind;
	const struct {
		const char *key;
		char *words;
	} words[] = { { "words", kind->words },
		      { "enter", kind->inside.enter },
		      { "enter_shared", kind->inside.enter_shared },
		      { "leave", kind->inside.leave } };
	for (size_t i = 0; exercise->own_kind && i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].key, name) != 0)
			continue;
		const char *text = NULL;
		take_text(document, path, node, &text);
		if (text != NULL && strlen(text) >= KIND_WORDS_BYTES)
			document_problem(document, path, _("is %zu bytes long; at most %d are allowed"), strlen(text),
					 KIND_WORDS_BYTES - 1);
		else if (text != NULL)
			strcpy(words[i].words, text);
		free((void *)text);
		return true;
	}
	return false;
}

static const struct table tables[] = {
	{ "hints", take_hint, N_("is none of the checks; write the id of one") },
	{ "sections", take_section, N_("is the section of none of the checks; write one of exercise.yaml") },
	{ "mistakes", take_mistake, "" },
	{ "kind", take_kind,
	  N_("is none of the words of a kind of its own; write words, enter, enter_shared or leave") },
};

static void take_table(struct document *document, struct exercise *exercise, const struct table *table,
		       yaml_node_t *node)
{
	if (node->type != YAML_MAPPING_NODE) {
		document_problem(document, table->key, _("is no mapping; write a translation for each name"));
		return;
	}
	for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
		const char *name = scalar(yaml_document_get_node(&document->tree, pair->key));
		char *path = xasprintf("%s.%s", table->key, name);
		yaml_node_t *text = yaml_document_get_node(&document->tree, pair->value);
		if (!table->take(document, path, exercise, name, text))
			document_problem(document, path, "%s", _(table->unknown));
		free(path);
	}
}

static const struct table *find_table(const char *key)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		if (strcmp(tables[i].key, key) == 0)
			return &tables[i];
	}
	return NULL;
}

static void take(struct document *document, struct exercise *exercise)
{
	yaml_node_t *root = yaml_document_get_root_node(&document->tree);
	if (root->type != YAML_MAPPING_NODE) {
		document_problem(document, "", _("is no mapping; write one of title, hints, sections, mistakes, kind"));
		return;
	}
	for (yaml_node_pair_t *pair = root->data.mapping.pairs.start; pair < root->data.mapping.pairs.top; pair++) {
		const char *key = scalar(yaml_document_get_node(&document->tree, pair->key));
		yaml_node_t *node = yaml_document_get_node(&document->tree, pair->value);
		const struct table *table = find_table(key);
		if (strcmp(key, "title") == 0)
			take_text(document, key, node, &exercise->title);
		else if (table != NULL)
			take_table(document, exercise, table, node);
		else
			document_problem(
			    document, key,
			    _("is not a key of a translation; known here: title, hints, sections, mistakes, kind"));
	}
}

int translation_read(const char *folder, const char *language, struct exercise *exercise, struct fault *fault)
{
	char *name = xasprintf("exercise.%s.yaml", language), *path = xasprintf("%s/%s", folder, name);
	struct document document = { 0 };
	int r = 0;
	if (access(path, F_OK) != 0)
		goto out;
	if ((r = document_init(&document, folder, name, _("title or hints"), fault)) < 0)
		goto out;
	take(&document, exercise);
	r = document_problems(&document, fault);
out:
	document_fini(&document);
	free(name);
	free(path);
	return r;
}
