#include "alloc.h"

#include <stdio.h>
#include <stdlib.h>

static jmp_buf *guard;

void alloc_guard(jmp_buf *out)
{
	guard = out;
}

static void *there(void *memory)
{
	if (memory != NULL)
		return memory;
	if (guard != NULL)
		longjmp(*guard, 1);
	fprintf(stderr, "%s\n", "the explorer has no memory left");
	_Exit(1);
}

void *alloc(size_t bytes)
{
	return there(malloc(bytes > 0 ? bytes : 1));
}

void *alloc_zeroed(size_t n, size_t size)
{
	return there(calloc(n > 0 ? n : 1, size));
}

void *alloc_aligned(size_t alignment, size_t bytes)
{
	return there(aligned_alloc(alignment, bytes));
}

void *alloc_more(void *memory, size_t bytes)
{
	return there(realloc(memory, bytes > 0 ? bytes : 1));
}
