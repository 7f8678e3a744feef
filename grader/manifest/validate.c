#include "validate.h"
#include "translate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void value(struct document *document, const cyaml_schema_value_t *schema, yaml_node_t *node, const char *path);

static const char *node_kind(const yaml_node_t *node)
{
	return node->type == YAML_MAPPING_NODE    ? _("a mapping")
	       : node->type == YAML_SEQUENCE_NODE ? _("a list")
						  : _("a value");
}

static const cyaml_schema_field_t *find_field(const cyaml_schema_value_t *schema, const yaml_node_t *name)
{
	for (const cyaml_schema_field_t *field = schema->mapping.fields; field->key != NULL; field++) {
		if (name->type == YAML_SCALAR_NODE && strcmp(field->key, (const char *)name->data.scalar.value) == 0 &&
		    strlen(field->key) == name->data.scalar.length)
			return field;
	}
	return NULL;
}

static char *known_keys(const cyaml_schema_value_t *schema)
{
	struct text keys = { 0 };
	for (const cyaml_schema_field_t *field = schema->mapping.fields; field->key != NULL; field++)
		text_printf(&keys, "%s%s", keys.length > 0 ? ", " : "", field->key);
	return text_take(&keys);
}

static char *child_path(const char *path, const char *key)
{
	return xasprintf("%s%s%s", path, *path != '\0' ? "." : "", key);
}

static void required_keys(struct document *document, const cyaml_schema_value_t *schema, const char *path)
{
	for (const cyaml_schema_field_t *field = schema->mapping.fields; field->key != NULL; field++) {
		char *child = child_path(path, field->key);
		if (!(field->value.flags & CYAML_FLAG_OPTIONAL) && document_find(document, child) == NULL)
			document_problem(document, child, _("is missing; add this key"));
		free(child);
	}
}

static bool seen_before(struct document *document, const yaml_node_t *node, const yaml_node_pair_t *pair)
{
	const yaml_node_t *name = yaml_document_get_node(&document->tree, pair->key);
	for (const yaml_node_pair_t *other = node->data.mapping.pairs.start; other < pair; other++) {
		const yaml_node_t *before = yaml_document_get_node(&document->tree, other->key);
		if (before->type == YAML_SCALAR_NODE && name->type == YAML_SCALAR_NODE &&
		    strcmp((const char *)before->data.scalar.value, (const char *)name->data.scalar.value) == 0)
			return true;
	}
	return false;
}

static void mapping(struct document *document, const cyaml_schema_value_t *schema, yaml_node_t *node, const char *path)
{
	if (node->type != YAML_MAPPING_NODE) {
		char *keys = known_keys(schema);
		document_problem(document, path, _("is %s; write a mapping of keys: %s"), node_kind(node), keys);
		free(keys);
		return;
	}
	for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
		const yaml_node_t *name = yaml_document_get_node(&document->tree, pair->key);
		const cyaml_schema_field_t *field = find_field(schema, name);
		const char *key = name->type == YAML_SCALAR_NODE ? (const char *)name->data.scalar.value : "?";
		char *child = child_path(path, key);
		if (field == NULL) {
			char *keys = known_keys(schema);
			document_problem(document, child, _("is not a key of a manifest; known here: %s"), keys);
			free(keys);
		} else if (seen_before(document, node, pair)) {
			document_problem(document, child, _("stands twice (again in line %zu); remove one"),
					 name->start_mark.line + 1);
		} else {
			value(document, &field->value, yaml_document_get_node(&document->tree, pair->value), child);
		}
		free(child);
	}
	required_keys(document, schema, path);
}

static void sequence(struct document *document, const cyaml_schema_value_t *schema, yaml_node_t *node, const char *path)
{
	if (node->type != YAML_SEQUENCE_NODE) {
		document_problem(document, path, _("is %s; write a list: [ … ]"), node_kind(node));
		return;
	}
	size_t count = (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
	if (count < schema->sequence.min || count > schema->sequence.max)
		document_problem(document, path, _("has %zu entries; write %u to %u"), count, schema->sequence.min,
				 schema->sequence.max);
	for (size_t i = 0; i < count; i++) {
		char *child = xasprintf("%s[%zu]", path, i);
		yaml_node_t *item = yaml_document_get_node(&document->tree, node->data.sequence.items.start[i]);
		value(document, schema->sequence.entry, item, child);
		free(child);
	}
}

static void uint_value(struct document *document, const cyaml_schema_value_t *schema, const char *text,
		       const char *path)
{
	uint64_t max =
	    schema->data_size >= sizeof(uint64_t) ? UINT64_MAX : (UINT64_C(1) << (8 * schema->data_size)) - 1;
	size_t digits = strspn(text, "0123456789");
	errno = 0;
	uint64_t number = strtoull(text, NULL, 10);
	/* A leading zero would be octal to libcyaml. */
	if (digits == 0 || text[digits] != '\0' || (text[0] == '0' && digits > 1))
		document_problem(document, path, _("\"%s\" is not a whole number; write digits only"), text);
	else if (errno == ERANGE || number > max)
		document_problem(document, path, _("%s is too large"), text);
}

/* libcyaml takes any word but "false" and the like for true. */
static void bool_value(struct document *document, const char *text, const char *path)
{
	if (strcasecmp(text, "true") != 0 && strcasecmp(text, "false") != 0)
		document_problem(document, path, _("\"%s\" is neither true nor false"), text);
}

static void string_value(struct document *document, const cyaml_schema_value_t *schema, const yaml_node_t *node,
			 const char *path)
{
	size_t length = node->data.scalar.length;
	if (memchr(node->data.scalar.value, '\0', length) != NULL)
		document_problem(document, path, _("holds a NUL character; remove it"));
	else if (length < schema->string.min)
		document_problem(document, path, _("is empty; write a text"));
	else if (length > schema->string.max)
		document_problem(document, path, _("is %zu bytes long; at most %u are allowed"), length,
				 schema->string.max);
}

static void scalar(struct document *document, const cyaml_schema_value_t *schema, yaml_node_t *node, const char *path)
{
	if (node->type != YAML_SCALAR_NODE) {
		document_problem(document, path, _("is %s; write %s"), node_kind(node),
				 schema->type == CYAML_UINT   ? _("a whole number")
				 : schema->type == CYAML_BOOL ? _("true or false")
							      : _("a text"));
		return;
	}
	const char *text = (const char *)node->data.scalar.value;
	if (schema->type == CYAML_UINT)
		uint_value(document, schema, text, path);
	else if (schema->type == CYAML_BOOL)
		bool_value(document, text, path);
	else
		string_value(document, schema, node, path);
}

static void value(struct document *document, const cyaml_schema_value_t *schema, yaml_node_t *node, const char *path)
{
	if (schema->type == CYAML_MAPPING)
		mapping(document, schema, node, path);
	else if (schema->type == CYAML_SEQUENCE)
		sequence(document, schema, node, path);
	else
		scalar(document, schema, node, path);
}

void validate(struct document *document, const cyaml_schema_value_t *schema)
{
	value(document, schema, yaml_document_get_root_node(&document->tree), "");
}
