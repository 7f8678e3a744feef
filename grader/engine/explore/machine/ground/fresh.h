/* Memory that nobody has written yet: of the objects, which are filled with garbage before init(), and of the heap. */
#ifndef FRESH_H
#define FRESH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRESH_OBJECT 0xa5 /* each byte of an object */
#define FRESH_HEAP 0xbe   /* each byte of a block that malloc() gave */
#define FRESH_AREAS_MAX 4u

/* The watched areas, for what is asked at each access. */
struct fresh {
	size_t size; /* of each, bytes: all of them can be read */
	unsigned n;
	uint64_t begin[FRESH_AREAS_MAX];
	uint8_t *written[FRESH_AREAS_MAX]; /* a bit for each byte */
	uint8_t *saved[FRESH_AREAS_MAX];   /* when the setup was over */
};
extern struct fresh fresh __attribute__((visibility("hidden")));

/* Watches an area; all have the same size. Returns 0 or -ENOMEM. */
int fresh_add(const void *area, size_t size);
void fresh_forget(void);
/* Notes what is written when the setup is over; fresh_restore() goes back to it. */
void fresh_save(void);
void fresh_restore(void);

/* The area that the address lies in; fresh.n: none. */
static inline unsigned fresh_area(uint64_t address)
{
	unsigned i = 0;

	while (i < fresh.n && address - fresh.begin[i] >= fresh.size)
		i++;
	return i;
}

/* Bytes were written. */
static inline void fresh_note_write(uint64_t address, uint32_t size)
{
	unsigned area = fresh_area(address);

	if (area == fresh.n)
		return;
	uint64_t offset = address - fresh.begin[area];
	for (; offset < fresh.size && size > 0; size -= size < 8 ? size : 8, offset += 8) {
		uint32_t bits = (size < 8 ? (1u << size) - 1 : 0xffu) << (offset & 7);
		fresh.written[area][offset / 8] |= (uint8_t)bits;
		fresh.written[area][offset / 8 + 1] |= (uint8_t)(bits >> 8);
	}
}

/* Whether `size` bytes of the area are garbage that was never written. */
bool fresh_is_garbage(unsigned area, uint64_t address, uint32_t size);

/* Whether 4 or 8 bytes of the heap have its pattern. */
bool fresh_is_heap_garbage(uint64_t address, uint32_t size);

/* Which of up to 8 bytes are garbage, as a mask. */
uint8_t fresh_mask(uint64_t address, uint32_t size);

/* Whether what is read there is the garbage that an object's memory is filled with. */
static inline bool fresh_is_read(uint64_t address, uint32_t size)
{
	unsigned area = fresh_area(address);

	return area < fresh.n && *(const uint8_t *)(uintptr_t)address == FRESH_OBJECT &&
	       fresh_is_garbage(area, address, size);
}

/* Whether all of an object of the library is garbage: never initialized, nor copied. */
bool fresh_is_all(const void *object, size_t size);

#endif
