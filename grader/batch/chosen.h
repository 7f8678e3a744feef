/* Inside one student's folder: which file is graded. */
#ifndef CHOSEN_H
#define CHOSEN_H

#include <stdbool.h>

/* Where something is, and how it is told: an archive's content lies in a scratch folder, and is told as if the archive
 * were a folder. */
struct place_of {
	char *path, *shown; /* owned */
};

/* Whether a file's name is one that is graded: .c, .so. */
bool chosen_is_submission(const char *name);

/* Whether a source speaks of a plugin's descriptor, as the one among several files that is the submission does. */
bool chosen_is_source(const char *path);

/* What is graded of a student's folder: the one file that can be meant, in folders and archives inside it too (unpacked
 * into `scratch`); else the folder itself, of which intake will say why not. */
struct place_of chosen_in(const char *folder, const char *shown, const char *scratch);

void place_of_fini(struct place_of *place);

#endif
