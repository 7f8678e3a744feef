#include "evidence.h"

#include <string.h>

#include "document.h"
#include "manifest.h"

/* Where a node is: what is left out is left out there only. */
enum place { PLACE_ROOT, PLACE_CHECKS, PLACE_CHECK, PLACE_ELSEWHERE };

static const struct left_out {
	enum place place;
	const char *key;
} left_out[] = {
	{ PLACE_ROOT, "title" },
	{ PLACE_ROOT, "starter_max" },
	{ PLACE_CHECK, "points" },
};

static bool is_key(const yaml_node_t *node, const char *key)
{
	return node->type == YAML_SCALAR_NODE && node->data.scalar.length == strlen(key) &&
	       memcmp(node->data.scalar.value, key, node->data.scalar.length) == 0;
}

static bool is_left_out(const yaml_node_t *key, enum place place)
{
	bool found = false;
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		found = found || (left_out[i].place == place && is_key(key, left_out[i].key));
	return found;
}

/* Each value is written with its length, so that no other tree is written in the same way. document.c has refused
 * aliases: the tree is one, and ends. */
static void add_node(struct document *document, yaml_node_t *node, enum place place, struct text *evidence)
{
	if (node->type == YAML_SCALAR_NODE) {
		text_printf(evidence, "%zu:", node->data.scalar.length);
		text_append(evidence, (const char *)node->data.scalar.value, node->data.scalar.length);
	} else if (node->type == YAML_SEQUENCE_NODE) {
		text_add(evidence, "[");
		for (yaml_node_item_t *item = node->data.sequence.items.start; item < node->data.sequence.items.top;
		     item++)
			add_node(document, yaml_document_get_node(&document->tree, *item),
				 place == PLACE_CHECKS ? PLACE_CHECK : PLACE_ELSEWHERE, evidence);
		text_add(evidence, "]");
	} else if (node->type == YAML_MAPPING_NODE) {
		text_add(evidence, "{");
		for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top;
		     pair++) {
			yaml_node_t *key = yaml_document_get_node(&document->tree, pair->key);
			if (is_left_out(key, place))
				continue;
			add_node(document, key, PLACE_ELSEWHERE, evidence);
			add_node(document, yaml_document_get_node(&document->tree, pair->value),
				 place == PLACE_ROOT && is_key(key, "checks") ? PLACE_CHECKS : PLACE_ELSEWHERE,
				 evidence);
		}
		text_add(evidence, "}");
	}
}

int manifest_add_evidence(const char *folder, struct text *evidence, struct fault *fault)
{
	struct document document;
	int r = document_init(&document, folder, MANIFEST_FILE, "", fault);
	if (r == 0)
		add_node(&document, yaml_document_get_root_node(&document.tree), PLACE_ROOT, evidence);
	document_fini(&document);
	return r;
}
