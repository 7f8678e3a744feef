/* Which file of a folder is the submission. */
#ifndef INTAKE_CHOOSE_H
#define INTAKE_CHOOSE_H

#include <stdbool.h>
#include <stddef.h>

#include "fault.h"

#define HEADERS_MAX 64u

struct listing {
	char **names; /* sorted */
	size_t n_names;
};

/* The names in the folder behind `directory_fd` (which stays open) that end so, hidden ones left out. 0 or -errno. */
int listing_init(struct listing *listing, int directory_fd, const char *suffix);
void listing_fini(struct listing *listing);

/* The file name of the one submission in a folder (the caller owns it); `path` is for messages. 0 or a fault. */
int choose_file(int directory_fd, const char *path, char **file_name, struct fault *fault);

#endif
