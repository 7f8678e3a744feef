/* Copies one regular file, with its size bounded, its hash taken and its kind looked at. */
#ifndef INTAKE_COPY_H
#define INTAKE_COPY_H

#include <stdint.h>

#include "fault.h"

struct copy_request {
	int from_directory_fd; /* AT_FDCWD: `from` is a path of any kind */
	const char *from;
	const char *shown; /* how messages name it */
	int to_directory_fd;
	const char *to;
	uint64_t bytes_max;
};

struct copied {
	uint64_t size_bytes;
	char sha256[65];
};

/* Opens a file for reading if it is regular and no link. Returns a descriptor, or a negative errno value and *fault. */
int open_regular(int directory_fd, const char *name, const char *shown, struct fault *fault);

/* Returns 0 and *copied, or a negative errno value and *fault. */
int copy_file(const struct copy_request *request, struct copied *copied, struct fault *fault);

#endif
