/* Unpacking archives that strangers made. */
#ifndef BATCH_ARCHIVE_H
#define BATCH_ARCHIVE_H

#include <stdbool.h>

#include "fault.h"

/* Whether a file's name says that it is an archive that we unpack. */
bool archive_is(const char *name);

/* Unpacks `path` into the folder `to`, which is made: regular files and folders only, nothing outside it, nothing that
 * is executable or set-id. Entries that would lead out are left out, and told in *skipped (a count). Returns 0, or a
 * negative errno value and *fault: FAULT_SUBMISSION: not an archive, damaged, encrypted, or too large once unpacked (a
 * bomb); FAULT_MACHINE: no room. */
int archive_unpack(const char *path, const char *to, unsigned *skipped, struct fault *fault);

#endif
