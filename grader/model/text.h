/* Strings on the heap. Out of memory ends the program with a message: there is nothing sensible to grade then. */
#ifndef TEXT_H
#define TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

_Noreturn void out_of_memory(void);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *pointer, size_t size);
char *xstrdup(const char *string);
char *xstrndup(const char *string, size_t length);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *xvasprintf(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));

/* Frees *target and puts `value`, which it takes over, in its place. */
void text_replace(char **target, char *value);

/* A copy with every `old` (not empty) replaced; the caller owns it. */
char *text_replaced(const char *string, const char *old, const char *by);

/* Whether `string` ends so, and has something before it. */
bool text_ends(const char *string, const char *ending);

/* A growing buffer; zero it to begin. `data` is NUL-terminated whenever it is not NULL. */
struct text {
	char *data;
	size_t length, capacity;
};

void text_append(struct text *text, const char *bytes, size_t length);
void text_add(struct text *text, const char *string);
void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The string, which the caller owns now ("" rather than NULL); the buffer is empty again. */
char *text_take(struct text *text);
void text_free(struct text *text);

#endif
