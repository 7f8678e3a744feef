#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "text.h"

unsigned report_columns(const struct report_style *style)
{
	unsigned columns = style->columns != 0 ? style->columns : REPORT_COLUMNS;
	return columns < REPORT_COLUMNS_LEAST ? REPORT_COLUMNS_LEAST : columns;
}

void report_wrap(FILE *out, const struct report_style *style, unsigned indent, unsigned hanging, const char *safe)
{
	size_t column = 0, most = report_columns(style);
	for (const char *at = safe; *at != '\0';) {
		if (*at == '\n') {
			fputc('\n', out);
			column = 0;
			at++;
			continue;
		}
		size_t spaces = strspn(at, " "), word = strcspn(at + spaces, " \n");
		char *piece = xstrndup(at, spaces + word);
		size_t width = escape_columns(piece);
		bool break_here = column > indent && column + width > most;
		if (break_here)
			fputc('\n', out);
		if (break_here || column == 0) {
			column = break_here ? hanging : indent;
			fprintf(out, "%*s", (int)column, "");
		}
		fputs(break_here ? piece + spaces : piece, out);
		column += break_here ? width - spaces : width;
		free(piece);
		at += spaces + word;
	}
	fputc('\n', out);
}
