#include "csv.h"

#include <stdlib.h>
#include <string.h>

#include "escape.h"

void csv_field(FILE *out, const char *text, int last)
{
	char *valid = escape_utf8(text != NULL ? text : "");
	if (strpbrk(valid, ",\"\r\n") == NULL && strchr("=+-@\t\r", valid[0]) == NULL) {
		fputs(valid, out);
	} else if (valid[0] != '\0') {
		fputc('"', out);
		if (strchr("=+-@\t\r", valid[0]) != NULL)
			fputc('\'', out);
		for (const char *at = valid; *at != '\0'; at++) {
			if (*at == '"')
				fputc('"', out);
			fputc(*at, out);
		}
		fputc('"', out);
	}
	fputs(last ? "\r\n" : ",", out);
	free(valid);
}
