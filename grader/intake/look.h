/* A source file, looked at before anybody compiles it. */
#ifndef INTAKE_LOOK_H
#define INTAKE_LOOK_H

#include <stdbool.h>

#include "source.h"

/* What the source `name` below `folder_fd` (AT_FDCWD: a path) says, as far as its first 256 KiB do; never through a
 * link, never of what is no file. False: there is none, and *facts is empty. source_facts_free() in both cases. */
bool look_at_source(int folder_fd, const char *name, struct source_facts *facts);

#endif
