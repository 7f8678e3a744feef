/* Takes a submission in: finds it, and makes a private read-only copy that nobody else can change, so that the files
 * that are inspected are the files that are loaded. Never follows a link, never opens what is not a regular file. */
#ifndef INTAKE_H
#define INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fault.h"

enum intake_kind { INTAKE_SHARED_OBJECT, INTAKE_SOURCE };

/* The headers in a folder where many submissions lie, looked for once for all of them. */
struct intake_beside {
	char *folder;
	size_t n;
	char **headers; /* names */
};

/* How large a submission may be, in bytes. */
struct intake_limits {
	uint64_t source_bytes_max; /* one source or header */
	uint64_t object_bytes_max; /* one .so file */
	bool siblings;             /* with a file, other sources beside it come along too */
	/* Spares a file of that folder the look at what lies beside it, where that is headers only; may be NULL. */
	const struct intake_beside *beside;
};

#define INTAKE_LIMITS_DEFAULT ((struct intake_limits){ 256u * 1024u, 16u * 256u * 1024u, false, NULL })

struct intake {
	enum intake_kind kind;
	char *name;      /* as the user named it */
	char *shown;     /* the file in it as the user would name it: "kim.zip/src/lock.c" */
	char *file_name; /* the same below the folder that was handed in: "src/lock.c" */
	char *directory; /* private: mode 0700, absolute; the compiler may write here */
	char *path;      /* the copy, mode 0400: <directory>/<file_name> */
	/* Of the original's bytes, lower-case hex; where more than one file was copied (headers, other sources) of what
	 * `sha256sum` prints of them all, sorted by their names: whatever of it changes, this does. */
	char sha256[65];
	uint64_t size_bytes; /* of the file */
	char *defines;       /* a source: the kind of plugin whose descriptor it defines ("lock"); NULL: none is seen */
	size_t n_others;
	char **others; /* further sources of it, below the directory: compiled with the file where it needs them */
	size_t n_folders;
	char **folders; /* those below the directory that hold headers, "" for itself */
};

/* Takes in `path`: a source, a .so, or a folder or archive that holds one submission (choose.h), in folders and
 * archives inside it too. Of a folder or archive, other sources of the same tree come along, and of each the headers;
 * with a file, the headers beside it and what it includes. Returns 0 and fills *intake, which intake_close() releases;
 * else a negative errno value, *fault, and *intake is zeroed. FAULT_SUBMISSION: what was handed in is not a submission;
 * FAULT_MACHINE: nothing there
 * (-ENOENT), no room for the copy, no permission to read, or a folder for temporary files from which nothing can be
 * loaded. */
int intake_open(struct intake *intake, const char *path, struct intake_limits limits, struct fault *fault);

/* intake_beside_free() afterwards. A folder that cannot be read has none. */
void intake_look_beside(struct intake_beside *beside, const char *folder);
void intake_beside_free(struct intake_beside *beside);

/* Removes the private directory and frees the rest. A zeroed intake is legal. */
void intake_close(struct intake *intake);

#endif
