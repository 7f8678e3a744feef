/* Platforms hand out flat files, several of one student where several were handed in:
 * kimminji_123_456_lock.c, kimminji_123_457_queue.h (Canvas), Kim_12_assignsubmission_file_lock.c (Moodle),
 * Lab 1_kim_attempt_2024-03-04-10-00-00_lock.c (Blackboard). */
#ifndef ATTACHMENTS_H
#define ATTACHMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "fault.h"
#include "listing.h"
#include "result.h"

/* One student's. */
struct attachments {
	struct student student; /* name and id; key is NULL */
	size_t n;
	int *entries;  /* of the listing: of the last attempt, in which each file is there once */
	bool is_typed; /* nothing but what was typed into a form */
};

struct attachments_list {
	size_t n;
	struct attachments *list;
	bool *is_one; /* for each entry of the listing: it is somebody's, also where a later one took its place */
};

void attachments_find(const struct class_listing *listing, struct attachments_list *list);
void attachments_free(struct attachments_list *list);

/* Makes `folder`, with copies of what in them may be graded, under the names that the student gave; of the rest there
 * are the names. 0, or a negative errno value and *fault. */
int attachments_gather(const struct attachments *attachments, const struct class_listing *listing, const char *folder,
		       struct fault *fault);

#endif
