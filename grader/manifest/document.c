#include "document.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "manifest.h"
#include "translate.h"

static int open_failed(const struct document *document, const char *folder, int error, struct fault *fault)
{
	struct stat status;
	if (error != ENOENT && error != ENOTDIR)
		return fault_machine(fault, error, _("%s: cannot be read"), document->path);
	if (stat(folder, &status) < 0)
		fault_exercise(fault, _("%s: there is no such exercise folder"), folder);
	else if (!S_ISDIR(status.st_mode))
		fault_exercise(fault, _("%s: is a file; an exercise is a folder with a file %s"), folder,
			       MANIFEST_FILE);
	else
		fault_exercise(fault, _("%s: there is no such file; an exercise needs this manifest"), document->path);
	return -ENOENT;
}

static int read_all(struct document *document, int fd, struct fault *fault)
{
	char block[16384];
	ssize_t count;
	while ((count = read(fd, block, sizeof(block))) != 0) {
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return fault_machine(fault, errno, _("%s: cannot be read"), document->path);
		text_append(&document->bytes, block, (size_t)count);
		if (document->bytes.length > MANIFEST_BYTES_MAX)
			return fault_exercise(fault, _("%s: is larger than %u KiB, too large for a manifest"),
					      document->path, MANIFEST_BYTES_MAX / 1024);
	}
	return 0;
}

static int read_file(struct document *document, const char *folder, struct fault *fault)
{
	struct stat status;
	int fd = open(document->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return open_failed(document, folder, errno, fault);
	int r;
	if (fstat(fd, &status) < 0)
		r = fault_machine(fault, errno, _("%s: cannot be read"), document->path);
	else if (!S_ISREG(status.st_mode))
		r = fault_exercise(fault, _("%s: is not a regular file"), document->path);
	else
		r = read_all(document, fd, fault);
	close(fd);
	return r;
}

static unsigned line_at(const struct document *document, size_t offset)
{
	unsigned line = 1;
	for (size_t i = 0; i < offset && i < document->bytes.length; i++)
		line += document->bytes.data[i] == '\n';
	return line;
}

/* Length in bytes of the UTF-8 sequence at `s`, as RFC 3629 has them (no surrogates, nothing overlong); 0: none. */
static size_t utf8_length(const unsigned char *s, size_t left)
{
	if (s[0] < 0x80)
		return 1;
	size_t length = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
	if (s[0] < 0xc2 || s[0] > 0xf4 || length > left)
		return 0;
	for (size_t i = 1; i < length; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	}
	bool overlong = (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xf0 && s[1] < 0x90);
	bool outside = (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf4 && s[1] > 0x8f);
	return overlong || outside ? 0 : length;
}

static int check_utf8(const struct document *document, struct fault *fault)
{
	const unsigned char *bytes = (const unsigned char *)document->bytes.data;
	for (size_t i = 0, length; i < document->bytes.length; i += length) {
		length = utf8_length(bytes + i, document->bytes.length - i);
		if (length == 0)
			return fault_exercise(fault, _("%s:%u: byte 0x%02x is not UTF-8; save the file as UTF-8"),
					      document->path, line_at(document, i), bytes[i]);
	}
	return 0;
}

static int syntax_error(const struct document *document, const yaml_parser_t *parser, struct fault *fault)
{
	const char *problem = parser->problem != NULL ? parser->problem : "not YAML";
	if (parser->error == YAML_MEMORY_ERROR)
		return fault_machine(fault, ENOMEM, _("%s: cannot be parsed"), document->path);
	if (parser->error == YAML_READER_ERROR)
		return fault_exercise(fault, "%s:%u: %s", document->path, line_at(document, parser->problem_offset),
				      problem);
	/* An unclosed quote is noticed at the end of the file: the place where it began is what helps. */
	if (parser->context != NULL && parser->context_mark.line != parser->problem_mark.line)
		return fault_exercise(fault, _("%s:%zu: %s (%s, from line %zu on); correct the YAML there"),
				      document->path, parser->problem_mark.line + 1, problem, parser->context,
				      parser->context_mark.line + 1);
	return fault_exercise(fault, _("%s:%zu: %s; correct the YAML there"), document->path,
			      parser->problem_mark.line + 1, problem);
}

/* Aliases would let a small file grow without end, and libcyaml is told to refuse them; say so with the line. */
static int check_events(const struct document *document, struct fault *fault)
{
	yaml_parser_t parser;
	if (!yaml_parser_initialize(&parser))
		return fault_machine(fault, ENOMEM, _("%s: cannot be parsed"), document->path);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)document->bytes.data, document->bytes.length);
	int r = 0;
	unsigned documents = 0;
	for (bool end = false; r == 0 && !end;) {
		yaml_event_t event;
		if (!yaml_parser_parse(&parser, &event)) {
			r = syntax_error(document, &parser, fault);
			break;
		}
		end = event.type == YAML_STREAM_END_EVENT;
		if (event.type == YAML_ALIAS_EVENT)
			r = fault_exercise(fault, _("%s:%zu: *%s: a manifest uses no aliases; write the value out"),
					   document->path, event.start_mark.line + 1, event.data.alias.anchor);
		else if (event.type == YAML_DOCUMENT_START_EVENT && ++documents == 2)
			r = fault_exercise(fault, _("%s:%zu: ---: a manifest is one document; remove the second"),
					   document->path, event.start_mark.line + 1);
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return r;
}

static int parse(struct document *document, struct fault *fault)
{
	yaml_parser_t parser;
	if (!yaml_parser_initialize(&parser))
		return fault_machine(fault, ENOMEM, _("%s: cannot be parsed"), document->path);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)document->bytes.data, document->bytes.length);
	int r = 0;
	if (!yaml_parser_load(&parser, &document->tree))
		r = syntax_error(document, &parser, fault);
	else
		document->parsed = true;
	yaml_parser_delete(&parser);
	if (r == 0 && yaml_document_get_root_node(&document->tree) == NULL)
		r = fault_exercise(fault, _("%s:1: is empty; it must say at least %s"), document->path,
				   document->needed);
	return r;
}

static int read_tree(struct document *document, struct fault *fault)
{
	int r;
	if ((r = check_utf8(document, fault)) < 0 || (r = check_events(document, fault)) < 0)
		return r;
	return parse(document, fault);
}

int document_init(struct document *document, const char *folder, const char *name, const char *needed,
		  struct fault *fault)
{
	*document = (struct document){ .path = xasprintf("%s/%s", folder, name), .needed = needed };
	text_add(&document->bytes, "");
	int r = read_file(document, folder, fault);
	return r < 0 ? r : read_tree(document, fault);
}

int document_init_text(struct document *document, const char *name, const char *bytes, size_t length,
		       struct fault *fault)
{
	*document = (struct document){ .path = xstrdup(name), .needed = "something" };
	text_append(&document->bytes, bytes, length);
	return read_tree(document, fault);
}

void document_fini(struct document *document)
{
	if (document->parsed)
		yaml_document_delete(&document->tree);
	text_free(&document->bytes);
	text_free(&document->problems);
	free(document->path);
	*document = (struct document){ 0 };
}

static yaml_node_t *member(struct document *document, yaml_node_t *node, const char *key, size_t length)
{
	if (node->type != YAML_MAPPING_NODE)
		return NULL;
	for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
		yaml_node_t *name = yaml_document_get_node(&document->tree, pair->key);
		if (name->type == YAML_SCALAR_NODE && name->data.scalar.length == length &&
		    memcmp(name->data.scalar.value, key, length) == 0)
			return yaml_document_get_node(&document->tree, pair->value);
	}
	return NULL;
}

static yaml_node_t *entry(struct document *document, yaml_node_t *node, size_t index)
{
	if (node->type != YAML_SEQUENCE_NODE)
		return NULL;
	size_t count = (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
	return index < count ? yaml_document_get_node(&document->tree, node->data.sequence.items.start[index]) : NULL;
}

/* Follows `path` as far as it goes: *found is the last node on it; true if that is the end of the path. */
static bool follow(struct document *document, const char *path, yaml_node_t **found)
{
	*found = yaml_document_get_root_node(&document->tree);
	while (*path != '\0') {
		yaml_node_t *next;
		if (*path == '[') {
			char *end;
			next = entry(document, *found, strtoul(path + 1, &end, 10));
			path = *end == ']' ? end + 1 : end;
		} else {
			path += *path == '.';
			size_t length = strcspn(path, ".[");
			next = member(document, *found, path, length);
			path += length;
		}
		if (next == NULL)
			return false;
		*found = next;
	}
	return true;
}

yaml_node_t *document_find(struct document *document, const char *path)
{
	yaml_node_t *node;
	return follow(document, path, &node) ? node : NULL;
}

int document_problems(struct document *document, struct fault *fault)
{
	if (document->n_problems == 0)
		return 0;
	if (document->n_problems > PROBLEMS_MAX)
		text_printf(&document->problems, _("\n%s: and %zu more"), document->path,
			    document->n_problems - PROBLEMS_MAX);
	return fault_exercise(fault, "%s", document->problems.data);
}

void document_problem(struct document *document, const char *path, const char *format, ...)
{
	if (document->n_problems++ >= PROBLEMS_MAX)
		return;
	yaml_node_t *node;
	follow(document, path, &node);
	if (document->problems.length > 0)
		text_add(&document->problems, "\n");
	text_printf(&document->problems, "%s:%zu: ", document->path, node->start_mark.line + 1);
	if (*path != '\0')
		text_printf(&document->problems, "%s: ", path);
	va_list arguments;
	va_start(arguments, format);
	char *sentence = xvasprintf(format, arguments);
	va_end(arguments);
	text_add(&document->problems, sentence);
	free(sentence);
}
