/* Which batch grades what, where several write into one folder: a file `claims/<key>`, made by whoever grades that
 * submission and removed when the result is stored. Claims save work, they guard nothing: a result is whole or not
 * there whoever writes it, and is the same. */
#ifndef CLAIM_H
#define CLAIM_H

#include <stdbool.h>
#include <time.h>

#include "fault.h"

enum claim {
	CLAIM_MINE,
	CLAIM_OTHERS, /* another process, that lives, has it */
	CLAIM_FAILED  /* no claim can be made here: *fault */
};

/* A claim holds as long as somebody touches it. */
enum { CLAIM_TOUCH_S = 20, CLAIM_STALE_S = 180 };

/* Makes the folder, and tells the time by the clock that stamps the files in it, which is another machine's where the
 * folder is. 0, or a negative errno value and *fault. */
int claim_open(const char *folder, struct timespec *now, struct fault *fault);

/* Removes the folder, unless somebody has a claim in it. */
void claim_close(const char *folder);

/* Takes the claim; also one whose owner is known to be gone: dead on this machine, or silent for CLAIM_STALE_S. */
enum claim claim_take(const char *folder, const char *key, struct fault *fault);

/* That it is still worked on: called every CLAIM_TOUCH_S. */
void claim_touch(const char *folder, const char *key);
void claim_drop(const char *folder, const char *key);

/* Whether the result of that key was written at that time or later. */
bool claim_is_graded_since(const char *folder, const char *key, const struct timespec *since);

#endif
