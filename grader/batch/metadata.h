/* Gradescope's submission_metadata.yml: whose each folder of an export is. */
#ifndef METADATA_H
#define METADATA_H

#include <stddef.h>

#include "fault.h"

#define METADATA_NAME "submission_metadata.yml"

struct submitter {
	char *folder;    /* "submission_12345" */
	char *name, *id; /* id: the student's number, else the e-mail address; NULL: not told */
};

struct metadata {
	size_t n;
	struct submitter *list;
};

/* Reads it, if it is in `folder`. 0 (also where there is none), or a negative errno value and *fault. metadata_free()
 * in both cases. */
int metadata_read(const char *folder, struct metadata *metadata, struct fault *fault);
void metadata_free(struct metadata *metadata);

#endif
