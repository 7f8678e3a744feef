#include "line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool line_possible(void)
{
	const char *term = getenv("TERM");
	return isatty(STDERR_FILENO) && (term == NULL || strcmp(term, "dumb") != 0);
}

void line_clear(void)
{
	fputs("\r\033[K", stderr);
}
