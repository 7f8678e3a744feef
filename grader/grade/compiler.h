/* The compiler in the sandbox: what compile_options.start and .end are when a submission is graded. */
#ifndef GRADE_COMPILER_H
#define GRADE_COMPILER_H

#include "compile.h"
#include "launch.h"

struct compiler {
	struct sandbox *sandbox;
	const char *include_dir, *own_include; /* as in compile_options */
	struct child child;
};

compile_start compiler_start;
compile_end compiler_end;

#endif
