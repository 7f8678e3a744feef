/* Takes a submission in: finds it, and makes a private read-only copy that nobody else can change, so that the file
 * that is inspected is the file that is loaded. Never follows a link, never opens what is not a regular file. */
#ifndef INTAKE_H
#define INTAKE_H

#include <stdint.h>

#include "fault.h"

enum intake_kind { INTAKE_SHARED_OBJECT, INTAKE_SOURCE };

/* How large a submission may be, in bytes. */
struct intake_limits {
	uint64_t source_bytes_max; /* one .c or .h file */
	uint64_t object_bytes_max; /* one .so file */
};

#define INTAKE_LIMITS_DEFAULT ((struct intake_limits){ 256u * 1024u, 16u * 256u * 1024u })

struct intake {
	enum intake_kind kind;
	char *name;      /* as the user named it */
	char *file_name; /* of the file in it: "peterson.c" */
	char *directory; /* private: mode 0700, absolute; the compiler may write here */
	char *path;      /* the copy, mode 0400: <directory>/<file_name> */
	char sha256[65]; /* of the original's bytes, lower-case hex */
	uint64_t size_bytes;
};

/* Takes in `path`: a .so, a .c, or a folder that holds exactly one of them. A folder with one `x.so` and `x.c` of the
 * same name gives the source: what was built from it is then known. A source brings the .h files beside it along.
 * Returns 0 and fills *intake, which intake_close() releases; else a negative errno value, *fault, and *intake is
 * zeroed. FAULT_SUBMISSION: what was handed in is not a submission (-ENOENT: nothing there); FAULT_MACHINE: no room for
 * the copy, or no permission to read. */
int intake_open(struct intake *intake, const char *path, struct intake_limits limits, struct fault *fault);

/* Removes the private directory and frees the rest. A zeroed intake is legal. */
void intake_close(struct intake *intake);

#endif
