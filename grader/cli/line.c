#include "line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool line_is_dumb(void)
{
	const char *term = getenv("TERM");
	return term != NULL && strcmp(term, "dumb") == 0;
}

bool line_possible(void)
{
	return isatty(STDERR_FILENO) && !line_is_dumb();
}

void line_clear(void)
{
	fputs("\r\033[K", stderr);
}
