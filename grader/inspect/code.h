/* The instructions: raw system calls, locked instructions, and functions that instrumentation does not see. */
#ifndef INSPECT_CODE_H
#define INSPECT_CODE_H

#include "dynamic.h"
#include "inspect.h"
#include "sections.h"

/* Fills the last part of *facts; facts->instrumented must be known. 0, or a fault of the machine. */
int code_read(const struct dynamic *dynamic, const struct sections *sections, struct inspect_facts *facts,
	      struct fault *fault);

#endif
