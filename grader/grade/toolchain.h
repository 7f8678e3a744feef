/* Whether this machine's tool chain works at all. */
#ifndef GRADE_TOOLCHAIN_H
#define GRADE_TOOLCHAIN_H

#include "fault.h"
#include "site.h"

/* Builds a plugin that is known to be right, as a submission named `file_name` would be (by its ending: in C or C++).
 * 0, or a negative errno value and a machine's fault, with the compiler's words. */
int toolchain_check(const struct site *site, const char *file_name, struct fault *fault);

#endif
