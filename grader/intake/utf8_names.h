/* Names from elsewhere, as one kind of text: UTF-8, composed. */
#ifndef INTAKE_UTF8_NAMES_H
#define INTAKE_UTF8_NAMES_H

#include <stdbool.h>
#include <stddef.h>

bool utf8_valid(const char *bytes, size_t length);

/* The composed form (NFC), so that what a Mac writes is what others write; what is not UTF-8 stays as it is. The caller
 * owns it. */
char *utf8_composed(const char *string);

/* `bytes` in `encoding`, as UTF-8; NULL: they are not of that encoding. The caller owns it. */
char *utf8_from(const char *encoding, const char *bytes, size_t length);

/* A name that an archive holds without saying its encoding: UTF-8, else CP949 (Korean Windows) where it is that in
 * whole and mostly Hangul, else Windows-1252; composed. The caller owns it. */
char *utf8_guessed(const char *name);

/* Whether CP949 reads these bytes as Korean: all of them, and Hangul where they are not ASCII. */
bool utf8_is_korean(const char *bytes, size_t length);

/* Whether two names are the same to people: composed alike, in any case. */
bool utf8_same(const char *a, const char *b);

#endif
