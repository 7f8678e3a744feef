#include "saying_json.h"

#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "saying.h"
#include "text.h"

enum { DEPTH_MAX = 8, ARGUMENTS_MAX = 8 };

/* What is said around a text, and has no words of its own. */
static const struct {
	enum said id;
	const char *name;
} ways[] = {
	{ SAID_SENTENCE, "sentence" },
	{ SAID_WORKLOAD, "workload" },
	{ SAID_OF_PROCESSES, "of-processes" },
	{ SAID_RATHER, "rather" },
};

enum { WAYS = sizeof(ways) / sizeof(ways[0]) };

/* ---- written ---- */

static json_t *parts_to_json(const struct saying *saying);

static json_t *string(const char *bytes)
{
	char *valid = escape_utf8(bytes);
	json_t *value = json_string(valid);
	free(valid);
	return value;
}

static json_t *sentence_to_json(const struct saying_part *part)
{
	json_t *object = json_object(), *with = json_array();
	size_t way = 0;
	while (way < WAYS && (part->words != NULL || part->id != ways[way].id))
		way++;
	if (way < WAYS)
		json_object_set_new(object, "as", json_string(ways[way].name));
	else
		json_object_set_new(object, "sentence", string(saying_template(part)));
	if (part->many != NULL) {
		json_object_set_new(object, "many", string(part->many));
		json_object_set_new(object, "count", json_integer((json_int_t)(part->count & INT64_MAX)));
	}
	for (size_t i = 0; i < part->n; i++)
		json_array_append_new(with, parts_to_json(&part->argument[i]));
	json_object_set_new(object, "with", with);
	return object;
}

static json_t *parts_to_json(const struct saying *saying)
{
	json_t *array = json_array();
	for (size_t i = 0; i < saying->n; i++)
		json_array_append_new(array, saying->part[i].sentence ? sentence_to_json(&saying->part[i])
								      : string(saying->part[i].words));
	return array;
}

json_t *saying_to_json(const char *said)
{
	struct saying saying;
	saying_read(&saying, said);
	json_t *array = parts_to_json(&saying);
	saying_free(&saying);
	return array;
}

/* ---- read ---- */

static void parts_from_json(struct saying *saying, const json_t *array, unsigned depth);

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	return text != NULL && text[0] != '\0' ? text : NULL;
}

static void sentence_from_json(struct saying_part *part, const json_t *object, unsigned depth)
{
	size_t i;
	json_t *argument;
	const char *as = text_of(object, "as"), *sentence = text_of(object, "sentence"),
		   *many = text_of(object, "many");
	part->sentence = true;
	part->id = sentence != NULL ? SAID_COUNT : SAID_UNKNOWN;
	part->words = sentence != NULL ? xstrdup(sentence) : NULL;
	if (sentence != NULL && many != NULL) {
		part->many = xstrdup(many);
		part->count = (unsigned long)json_integer_value(json_object_get(object, "count"));
	}
	for (i = 0; i < WAYS && sentence == NULL && as != NULL; i++) {
		if (strcmp(as, ways[i].name) == 0)
			part->id = ways[i].id;
	}
	json_array_foreach(json_object_get(object, "with"), i, argument)
	{
		if (i < ARGUMENTS_MAX)
			parts_from_json(saying_add_argument(part), argument, depth + 1);
	}
}

static void parts_from_json(struct saying *saying, const json_t *array, unsigned depth)
{
	size_t i;
	json_t *part;
	json_array_foreach(array, i, part)
	{
		if (json_is_string(part))
			saying_add(saying)->words = xstrdup(json_string_value(part));
		else if (json_is_object(part) && depth < DEPTH_MAX)
			sentence_from_json(saying_add(saying), part, depth);
	}
}

char *saying_from_json(const json_t *array)
{
	struct saying saying = { 0 };
	parts_from_json(&saying, array, 0);
	char *said = saying_written(&saying);
	saying_free(&saying);
	return said;
}
