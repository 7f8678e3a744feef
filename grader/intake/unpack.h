/* Unpacking archives that strangers made: whose names are in any encoding, and of which only what can be graded is
 * wanted. */
#ifndef INTAKE_UNPACK_H
#define INTAKE_UNPACK_H

#include <stddef.h>

#include "fault.h"

struct unpacked {
	size_t outside; /* entries that lead out of it, or are neither files nor folders: left out */
	size_t empty;   /* entries that are nothing to be graded: files of that name, with nothing in them */
};

/* Unpacks `path` into the folder `to`, which is made: regular files and folders only, nothing outside it, nothing that
 * is executable or set-id. Sources, headers, objects and archives come with their content (what is larger than is ever
 * graded, cut behind that size); of all else, a video or a report, there is the name. Folders that are never looked
 * into
 * (.git, build) are left out, and of two entries of one name the last counts. Names become UTF-8, composed (NFC).
 * Returns 0, or a negative errno value and *fault, "<path>: <reason>": FAULT_SUBMISSION: not an archive, damaged,
 * encrypted, or too large once unpacked (a bomb); FAULT_MACHINE: no room. */
int archive_unpack(const char *path, const char *to, struct unpacked *unpacked, struct fault *fault);

#endif
