/* The conversions of printf()'s that templates have: "%u", "%2$s", "%.3f", "%%". No I/O. */
#ifndef CONVERSION_H
#define CONVERSION_H

#include <stddef.h>

struct conversion {
	size_t length;   /* of "%…", in bytes */
	unsigned number; /* "%2$s": 2; 0: the next one */
	unsigned longs;  /* of l */
	char size;       /* 'z': of size_t; else 0 */
	char kind;       /* 'u', 's', …; '%': "%%"; '\0': none is there */
};

/* At a '%'. */
struct conversion conversion_at(const char *at);

#endif
