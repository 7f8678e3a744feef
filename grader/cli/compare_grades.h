/* What another grading would change: `batch --compare`. */
#ifndef COMPARE_GRADES_H
#define COMPARE_GRADES_H

#include <stdio.h>

/* Of each submission that has a result in `new_folder`: its score there and in `old_folder`, and the checks that come
 * out otherwise. Whose grade is the same is counted only. */
void compare_print(FILE *out, const char *old_folder, const char *new_folder);

#endif
