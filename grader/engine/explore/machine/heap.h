/* The plugin's heap: an arena per thread, so that an address depends only on what the thread itself did before. Nothing
 * is used twice within an execution; each block lies between red zones. */
#ifndef HEAP_H
#define HEAP_H

#include "calls.h"
#include "machine.h"

int heap_create(unsigned n_arenas);
void heap_destroy(void);
/* Notes the state when the setup is over; heap_restore() goes back to it. 0 or -ENOMEM. */
int heap_save(void);
void heap_restore(void);
/* heap(operation, size or address, alignment or the name of what frees, call site) */
uint64_t heap_request(struct run_thread *thread, const struct hook_request *request);
/* True: the access is outside of any live block (and has been reported). */
extern struct heap_range {
	uint64_t begin, bytes;
} heap_range __attribute__((visibility("hidden")));
#define HEAP_NULL_BYTES 4096u /* to point there is to be a null pointer */
bool heap_look(struct run_thread *thread, uint64_t address, uint32_t size);
static inline bool heap_check(struct run_thread *thread, uint64_t address, uint32_t size)
{
	return (address - heap_range.begin < heap_range.bytes || address < HEAP_NULL_BYTES) &&
	       heap_look(thread, address, size);
}
void heap_check_leaks(void);
/* Whose heap the address lies in; -1: nobody's. What setup() allocated is the first thread's. */
int heap_arena(uint64_t address);
/* Where that thread's part of the heap begins. */
uint64_t heap_begin(unsigned arena);
struct heap_block {
	uint64_t begin, site; /* the code that made it; 0: not known */
	bool of_setup;
	uint32_t thread; /* that made it */
	uint32_t nth;    /* of all that it made, from 1 */
};
/* The block that the address lies in, freed or not; false: in none. */
bool heap_find(uint64_t address, struct heap_block *found);
/* Whether the address lies in the heap, allocated or not. */
bool heap_has(uint64_t address);
/* What setup() allocated: so many bytes from *begin on. */
size_t heap_of_setup(void **begin);
/* Makes all of it inaccessible, or accessible again. */
void heap_guard(bool guard);
/* A hash of what is in use now. */
uint64_t heap_hash(void);

#endif
