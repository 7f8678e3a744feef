#include "fresh.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct fresh fresh;

int fresh_add(const void *area, size_t size)
{
	/* A write at the end marks a byte more. */
	uint8_t *written = calloc(2, size / 8 + 2);

	if (written == NULL || fresh.n == FRESH_AREAS_MAX) {
		free(written);
		return -ENOMEM;
	}
	fresh.saved[fresh.n] = written + size / 8 + 2;
	fresh.size = size;
	fresh.begin[fresh.n] = (uint64_t)(uintptr_t)area;
	fresh.written[fresh.n++] = written;
	return 0;
}

void fresh_forget(void)
{
	for (unsigned i = 0; i < fresh.n; i++)
		free(fresh.written[i]);
	memset(&fresh, 0, sizeof fresh);
}

void fresh_save(void)
{
	for (unsigned i = 0; i < fresh.n; i++)
		memcpy(fresh.saved[i], fresh.written[i], fresh.size / 8 + 2);
}

void fresh_restore(void)
{
	for (unsigned i = 0; i < fresh.n; i++)
		memcpy(fresh.written[i], fresh.saved[i], fresh.size / 8 + 2);
}

static bool is_filled(const unsigned char *bytes, size_t size, unsigned char with)
{
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] != with)
			return false;
	}
	return true;
}

bool fresh_is_garbage(unsigned area, uint64_t address, uint32_t size)
{
	uint64_t offset = address - fresh.begin[area];

	if (offset + size > fresh.size || !is_filled((const unsigned char *)(uintptr_t)address, size, FRESH_OBJECT))
		return false;
	for (uint32_t i = 0; i < size; i++) {
		if ((fresh.written[area][(offset + i) / 8] & 1u << ((offset + i) & 7)) != 0)
			return false;
	}
	return true;
}

bool fresh_is_heap_garbage(uint64_t address, uint32_t size)
{
	return size >= 4 && is_filled((const unsigned char *)(uintptr_t)address, size, FRESH_HEAP);
}

bool fresh_is_all(const void *object, size_t size)
{
	return is_filled(object, size, FRESH_OBJECT) || is_filled(object, size, FRESH_HEAP);
}

uint8_t fresh_mask(uint64_t address, uint32_t size)
{
	uint8_t mask = 0;

	for (uint32_t i = 0; i < size; i++) {
		if (fresh_is_read(address + i, 1))
			mask |= (uint8_t)(1u << i);
	}
	return mask;
}
