/* What the inspection saw that a student should know, as findings. */
#ifndef REMARKS_H
#define REMARKS_H

#include "compile.h"
#include "inspect.h"
#include "intake.h"
#include "result.h"

/* The command that builds the submission so that everything can be judged. The caller owns it. */
char *remarks_rebuild_command(const struct intake *intake);

void remarks_add(const struct inspect_facts *facts, const struct compile_result *compiled, const char *rebuild,
		 struct result *result);

#endif
