/* Memory that nobody has written yet: of the objects, which are filled with garbage before init(), and of the heap. */
#ifndef FRESH_H
#define FRESH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRESH_OBJECT 0xa5 /* each byte of an object */
#define FRESH_HEAP 0xbe   /* each byte of a block that malloc() gave */

/* The objects' memory is watched. Returns 0 or -ENOMEM. */
int fresh_create(const void *objects, size_t size);
void fresh_destroy(void);

/* Bytes were written. What was written in any execution counts as written in all: rather overlook than accuse. */
void fresh_note_write(uint64_t address, uint32_t size);

/* Whether what is read there is the garbage that memory is filled with: bytes of an object that were never written, or
 * 4 or 8 bytes of the heap with its pattern. */
bool fresh_is_read(uint64_t address, uint32_t size, bool on_heap);

/* Whether all of an object of the library is garbage: never initialized, nor copied. */
bool fresh_is_all(const void *object, size_t size);

#endif
