#include "fresh.h"

#include <errno.h>
#include <stdlib.h>

static struct {
	uint64_t begin;
	size_t size;
	uint8_t *written; /* a bit for each byte */
} fresh;

int fresh_create(const void *objects, size_t size)
{
	fresh.begin = (uint64_t)(uintptr_t)objects;
	fresh.size = size;
	fresh.written = calloc(size / 8 + 1, 1);
	return fresh.written == NULL ? -ENOMEM : 0;
}

void fresh_destroy(void)
{
	free(fresh.written);
	fresh.written = NULL;
	fresh.size = 0;
}

void fresh_note_write(uint64_t address, uint32_t size)
{
	uint64_t offset = address - fresh.begin;

	for (uint32_t i = 0; i < size && offset + i < fresh.size; i++)
		fresh.written[(offset + i) / 8] |= (uint8_t)(1u << ((offset + i) & 7));
}

static bool is_filled(const unsigned char *bytes, size_t size, unsigned char with)
{
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] != with)
			return false;
	}
	return true;
}

bool fresh_is_read(uint64_t address, uint32_t size, bool on_heap)
{
	uint64_t offset = address - fresh.begin;
	const unsigned char *bytes = (const unsigned char *)(uintptr_t)address;

	if (on_heap)
		return size >= 4 && is_filled(bytes, size, FRESH_HEAP);
	if (offset >= fresh.size || offset + size > fresh.size || !is_filled(bytes, size, FRESH_OBJECT))
		return false;
	for (uint32_t i = 0; i < size; i++) {
		if ((fresh.written[(offset + i) / 8] & 1u << ((offset + i) & 7)) != 0)
			return false;
	}
	return true;
}

bool fresh_is_all(const void *object, size_t size)
{
	return is_filled(object, size, FRESH_OBJECT) || is_filled(object, size, FRESH_HEAP);
}
