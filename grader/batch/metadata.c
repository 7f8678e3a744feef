#include "metadata.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "text.h"
#include "translate.h"

/* submission_12345:
 *   :submitters:
 *   - :name: Kim Minji
 *     :sid: '20241001'
 *     :email: kim@example.edu
 * Keys are Ruby's symbols, with a colon before them. */

static const char *scalar(const yaml_node_t *node)
{
	return node != NULL && node->type == YAML_SCALAR_NODE ? (const char *)node->data.scalar.value : NULL;
}

static bool is_key(const yaml_node_t *node, const char *name)
{
	const char *key = scalar(node);
	return key != NULL && strcmp(key[0] == ':' ? key + 1 : key, name) == 0;
}

static yaml_node_t *find(yaml_document_t *document, const yaml_node_t *mapping, const char *name)
{
	if (mapping == NULL || mapping->type != YAML_MAPPING_NODE)
		return NULL;
	for (const yaml_node_pair_t *pair = mapping->data.mapping.pairs.start; pair < mapping->data.mapping.pairs.top;
	     pair++) {
		if (is_key(yaml_document_get_node(document, pair->key), name))
			return yaml_document_get_node(document, pair->value);
	}
	return NULL;
}

static char *value(yaml_document_t *document, const yaml_node_t *mapping, const char *name)
{
	const char *text = scalar(find(document, mapping, name));
	return text != NULL && text[0] != '\0' && strcmp(text, "null") != 0 && strcmp(text, "~") != 0 ? xstrdup(text)
												      : NULL;
}

static void add_submitter(yaml_document_t *document, const char *folder, const yaml_node_t *who,
			  struct metadata *metadata)
{
	metadata->list = xrealloc(metadata->list, (metadata->n + 1) * sizeof(*metadata->list));
	struct submitter *submitter = &metadata->list[metadata->n++];
	*submitter = (struct submitter){ .folder = xstrdup(folder),
					 .name = value(document, who, "name"),
					 .id = value(document, who, "sid") };
	if (submitter->id == NULL)
		submitter->id = value(document, who, "email");
}

static void read_document(yaml_document_t *document, struct metadata *metadata)
{
	yaml_node_t *root = yaml_document_get_root_node(document);
	if (root == NULL || root->type != YAML_MAPPING_NODE)
		return;
	for (const yaml_node_pair_t *pair = root->data.mapping.pairs.start; pair < root->data.mapping.pairs.top;
	     pair++) {
		const char *folder = scalar(yaml_document_get_node(document, pair->key));
		yaml_node_t *who = find(document, yaml_document_get_node(document, pair->value), "submitters");
		if (folder == NULL || who == NULL || who->type != YAML_SEQUENCE_NODE)
			continue;
		for (const yaml_node_item_t *item = who->data.sequence.items.start; item < who->data.sequence.items.top;
		     item++)
			add_submitter(document, folder, yaml_document_get_node(document, *item), metadata);
	}
}

int metadata_read(const char *folder, struct metadata *metadata, struct fault *fault)
{
	yaml_parser_t parser;
	yaml_document_t document;
	int r = 0;
	*metadata = (struct metadata){ 0 };
	char *path = xasprintf("%s/" METADATA_NAME, folder);
	FILE *file = fopen(path, "re");
	free(path);
	if (file == NULL)
		return 0;
	if (yaml_parser_initialize(&parser) == 0) {
		fclose(file);
		return fault_machine(fault, ENOMEM, METADATA_NAME);
	}
	yaml_parser_set_input_file(&parser, file);
	if (yaml_parser_load(&parser, &document) != 0) {
		read_document(&document, metadata);
		yaml_document_delete(&document);
	} else {
		r = fault_exercise(fault, METADATA_NAME ":%zu: %s", parser.problem_mark.line + 1,
				   parser.problem != NULL ? parser.problem : _("cannot be read"));
	}
	yaml_parser_delete(&parser);
	fclose(file);
	return r;
}

void metadata_free(struct metadata *metadata)
{
	for (size_t i = 0; i < metadata->n; i++) {
		free(metadata->list[i].folder);
		free(metadata->list[i].name);
		free(metadata->list[i].id);
	}
	free(metadata->list);
	*metadata = (struct metadata){ 0 };
}
