#include "conversion.h"

#include <stdlib.h>
#include <string.h>

struct conversion conversion_at(const char *at)
{
	struct conversion found = { .length = 1 };
	size_t digits = strspn(at + 1, "0123456789");
	if (digits > 0 && at[1 + digits] == '$') {
		found.number = (unsigned)strtoul(at + 1, NULL, 10);
		found.length += digits + 1;
	}
	found.length += strspn(at + found.length, "-+ #0123456789.");
	for (; strchr("lhzjt", at[found.length]) != NULL && at[found.length] != '\0'; found.length++) {
		found.longs += at[found.length] == 'l';
		found.size = at[found.length] == 'z' ? 'z' : found.size;
	}
	found.kind = at[found.length];
	found.length += found.kind != '\0';
	return found;
}
