/* Reads an exercise's manifest, <folder>/exercise.yaml. The form is described in exercises/README.md; every error names
 * file, line and key, and says what to do: "exercises/lock/exercise.yaml:12: checks[1].engines: …". */
#ifndef MANIFEST_H
#define MANIFEST_H

#include "exercise.h"
#include "fault.h"

#define MANIFEST_FILE "exercise.yaml"
#define MANIFEST_BYTES_MAX (1024u * 1024u)

/* Reads the manifest of the exercise in `folder`. Returns 0 and fills *exercise, which manifest_free() releases; else a
 * negative errno value, *fault (FAULT_EXERCISE: -ENOENT no such folder or manifest, -EINVAL what stands in it is wrong;
 * FAULT_MACHINE: it could not be read), and *exercise is zeroed.
 * What the manifest leaves out has the defaults of exercise.h; bounds and limits are always filled. */
int manifest_read(const char *folder, struct exercise *exercise, struct fault *fault);

/* Frees what manifest_read() allocated, and zeroes it. A zeroed exercise is legal. */
void manifest_free(struct exercise *exercise);

#endif
