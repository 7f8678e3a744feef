/* What lies in a folder that somebody handed in, in the folders and archives inside it too. */
#ifndef INTAKE_COLLECT_H
#define INTAKE_COLLECT_H

#include <stdbool.h>
#include <stddef.h>

#include "file_names.h"
#include "source.h"

/* A source, header or shared object. */
struct collected_file {
	enum file_kind kind;
	size_t root;  /* below which folder it lies, an index into `roots` */
	char *inner;  /* its path below the root: "src/lock.c" */
	bool is_link; /* or something else that is no regular file: intake says what */
	/* sources */
	bool defines, mentions; /* a descriptor: source_facts */
	bool has_main;
};

/* The folder itself, or an archive's content. */
struct collected_root {
	char *path;  /* where it is */
	char *shown; /* what people call it: the archive, as if it were a folder */
};

/* Why something was passed over. */
struct passed_over {
	char *name;   /* as people know it */
	char *reason; /* a sentence's rest, translated; NULL: it is just something else */
};

struct collection {
	size_t n_roots, n_files, n_passed;
	struct collected_root *roots;
	struct collected_file *files; /* in order of their names, folders and all */
	struct passed_over *passed;   /* at most PASSED_MAX of them */
	size_t n_passed_in_all;
};

/* Looks through `folder`. Archives are unpacked below `scratch`, a folder that must outlive the collection. */
void collect(struct collection *collection, const char *folder, const char *shown, const char *scratch);
/* The same of an archive. */
void collect_archive_only(struct collection *collection, const char *archive, const char *shown, const char *scratch);
/* Only the headers that are in the folder itself, and the sources if they are wanted. */
void collect_beside(struct collection *collection, const char *folder, bool sources);
void collection_free(struct collection *collection);

#endif
