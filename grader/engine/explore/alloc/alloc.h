/* The explorer's own memory. Where there is none left, the exploration goes back to where alloc_guard() says; the
 * results so far are told, and what is missing is the machine's fault. */
#ifndef ALLOC_H
#define ALLOC_H

#include <setjmp.h>
#include <stddef.h>

/* None of them returns NULL; alloc_more(NULL, …) is alloc(). Released by free(). */
void *alloc(size_t bytes);
void *alloc_zeroed(size_t n, size_t size);
void *alloc_aligned(size_t alignment, size_t bytes);
void *alloc_more(void *memory, size_t bytes);

/* Where to go when there is no memory left. NULL: nowhere; then the process ends, with a word on stderr. */
void alloc_guard(jmp_buf *out);

#endif
