/* Strangers' bytes made harmless for where they go. The caller owns what is returned. No I/O. */
#ifndef ESCAPE_H
#define ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* For a terminal: control bytes and bidirectional overrides become \x1b or \u202e, invalid UTF-8 too; newlines stay if
 * `lines`, tabs become spaces. */
char *escape_terminal(const char *bytes, bool lines);

/* As UTF-8: invalid bytes become U+FFFD. */
char *escape_utf8(const char *bytes);

/* How many columns of a terminal the text takes that escape_terminal() gave: two for East Asian wide characters and
 * most emoji (Unicode Standard Annex 11), none for combining marks. */
size_t escape_columns(const char *safe);

/* Spaces that fill it up to that many columns, for "%*s"; 0 where it takes more. */
int escape_padding(const char *safe, size_t columns);

/* Decodes one code point of UTF-8 (Unicode 15, table 3-7). Returns its length in bytes, 0 if the bytes are not valid.
 */
size_t utf8_decode(const char *bytes, uint32_t *code);

#endif
