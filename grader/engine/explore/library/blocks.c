/* The heap, of C and of C++. */
#include "own.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_ALIGNMENT 16u

static void *allocate(size_t size, size_t alignment, uint64_t site)
{
	void *block = (void *)(uintptr_t)call_heap(HEAP_ALLOCATE, size, alignment, site);

	if (block == NULL)
		errno = ENOMEM;
	return block;
}

static void *allocate_zeroed(size_t count, size_t size, uint64_t site)
{
	size_t bytes;
	void *block = __builtin_mul_overflow(count, size, &bytes) ? NULL : allocate(bytes, LEAST_ALIGNMENT, site);

	if (block != NULL)
		memset(block, 0, bytes);
	return block;
}

static void release(void *block, const char *call, uint64_t site)
{
	call_heap(HEAP_FREE, (uint64_t)(uintptr_t)block, (uint64_t)(uintptr_t)call, site);
}

static size_t size_of(void *block, uint64_t site)
{
	return block == NULL ? 0 : call_heap(HEAP_SIZE, (uint64_t)(uintptr_t)block, 0, site);
}

static void *reallocate(void *block, size_t size, const char *call, uint64_t site)
{
	void *bigger;
	size_t kept = size_of(block, site);

	if (block != NULL && size == 0) { /* as glibc has it */
		release(block, call, site);
		return NULL;
	}
	bigger = allocate(size, LEAST_ALIGNMENT, site);
	if (bigger == NULL || block == NULL)
		return bigger;
	if (kept > size)
		kept = size;
	call_read_range(block, kept);
	memcpy(bigger, block, kept);
	release(block, call, site);
	return bigger;
}

static void *model_malloc(size_t size)
{
	return allocate(size, LEAST_ALIGNMENT, CALL_SITE);
}

static void *model_calloc(size_t count, size_t size)
{
	return allocate_zeroed(count, size, CALL_SITE);
}

static void model_free(void *block)
{
	release(block, "free", CALL_SITE);
}

static void *model_realloc(void *block, size_t size)
{
	return reallocate(block, size, "realloc", CALL_SITE);
}

static void *model_reallocarray(void *block, size_t count, size_t size)
{
	size_t bytes;
	uint64_t site = CALL_SITE;

	if (!__builtin_mul_overflow(count, size, &bytes))
		return reallocate(block, bytes, "reallocarray", site);
	errno = ENOMEM;
	return NULL;
}

static void *model_aligned_alloc(size_t alignment, size_t size)
{
	return allocate(size, alignment, CALL_SITE);
}

static int model_posix_memalign(void **block, size_t alignment, size_t size)
{
	*block = allocate(size, alignment, CALL_SITE);
	return *block == NULL ? ENOMEM : 0;
}

static void *model_valloc(size_t size)
{
	return allocate(size, 4096, CALL_SITE);
}

static size_t model_usable_size(void *block)
{
	return size_of(block, CALL_SITE);
}

static char *copy_string(const char *text, size_t length, uint64_t site)
{
	char *copy = allocate(length + 1, LEAST_ALIGNMENT, site);

	if (copy == NULL)
		return NULL;
	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

static char *model_strdup(const char *text)
{
	uint64_t site = CALL_SITE;
	size_t length = strlen(text);

	call_read_range(text, length + 1);
	return copy_string(text, length, site);
}

static char *model_strndup(const char *text, size_t most)
{
	uint64_t site = CALL_SITE;
	size_t length = strnlen(text, most);

	call_read_range(text, length < most ? length + 1 : most);
	return copy_string(text, length, site);
}

/* ---- C++: operator new takes (size), (size, nothrow) or (size, alignment) ---- */

static void *model_new(size_t size)
{
	return allocate(size, LEAST_ALIGNMENT, CALL_SITE);
}

static void *model_new_aligned(size_t size, size_t alignment)
{
	return allocate(size, alignment, CALL_SITE);
}

static void model_delete(void *block)
{
	release(block, "delete", CALL_SITE);
}

CALLS(block) = {
	TO("malloc", model_malloc),
	TO("calloc", model_calloc),
	TO("realloc", model_realloc),
	TO("reallocarray", model_reallocarray),
	TO("free", model_free),
	TO("cfree", model_free),
	TO("aligned_alloc", model_aligned_alloc),
	TO("memalign", model_aligned_alloc),
	TO("posix_memalign", model_posix_memalign),
	TO("valloc", model_valloc),
	TO("malloc_usable_size", model_usable_size),
	TO("strdup", model_strdup),
	TO("__strdup", model_strdup),
	TO("strndup", model_strndup),
	TO("__strndup", model_strndup),
	TO("_Znwm", model_new),
	TO("_Znam", model_new),
	TO("_ZnwmRKSt9nothrow_t", model_new),
	TO("_ZnamRKSt9nothrow_t", model_new),
	TO("_ZnwmSt11align_val_t", model_new_aligned),
	TO("_ZnamSt11align_val_t", model_new_aligned),
	TO("_ZnwmSt11align_val_tRKSt9nothrow_t", model_new_aligned),
	TO("_ZnamSt11align_val_tRKSt9nothrow_t", model_new_aligned),
	TO("_ZdlPv", model_delete),
	TO("_ZdaPv", model_delete),
	TO("_ZdlPvm", model_delete),
	TO("_ZdaPvm", model_delete),
	TO("_ZdlPvSt11align_val_t", model_delete),
	TO("_ZdaPvSt11align_val_t", model_delete),
	TO("_ZdlPvmSt11align_val_t", model_delete),
	TO("_ZdaPvmSt11align_val_t", model_delete),
	TO("_ZdlPvRKSt9nothrow_t", model_delete),
	TO("_ZdaPvRKSt9nothrow_t", model_delete),
	NO_MORE,
};
