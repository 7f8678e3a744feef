/* The manifest as text and as a tree whose nodes know their lines; and the list of what is wrong with it. */
#ifndef MANIFEST_DOCUMENT_H
#define MANIFEST_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <yaml.h>

#include "fault.h"
#include "text.h"

#define PROBLEMS_MAX 20u

struct document {
	char *path;         /* as errors name it */
	const char *needed; /* the keys that it must have at least */
	struct text bytes;
	yaml_document_t tree;
	bool parsed;
	struct text problems; /* one a line */
	size_t n_problems;
};

/* Reads and parses folder/name. Returns 0, or a negative errno value and *fault. document_fini() always. */
int document_init(struct document *document, const char *folder, const char *name, const char *needed,
		  struct fault *fault);
/* The same of bytes that are there; `name` is what errors call them. */
int document_init_text(struct document *document, const char *name, const char *bytes, size_t length,
		       struct fault *fault);
void document_fini(struct document *document);

/* The node at a path such as "checks[1].engines[0]"; NULL if there is none. "" is the root. */
yaml_node_t *document_find(struct document *document, const char *path);

/* Notes that what stands at `path` is wrong. Names the line of `path`, or where there is no such thing, of the nearest
 * thing around it. */
void document_problem(struct document *document, const char *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* 0 if nothing is wrong with it; else a negative errno value, and all that is in *fault. */
int document_problems(struct document *document, struct fault *fault);

#endif
