#include "heap.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "fresh.h"
#include "hash.h"
#include "lifetime.h"
#include "process.h"

/* Of each thread: to need more ends the exploration. All together stay well below a usual limit of memory. */
#define ARENA_BYTES (UINT64_C(8) << 20)
#define ARENA_BYTES_OF_MANY (UINT64_C(4) << 20) /* of more threads than these */
#define ARENAS_FEW 17u
#define RED_ZONE 32u
#define FILL_FRESH FRESH_HEAP
#define FILL_FREED 0xdd

struct block {
	uint32_t begin, size; /* offset in the arena */
	uint64_t freed;       /* bit by bit, in which process; bit 0 where there are no processes */
	uint32_t thread_freed;
	uint32_t epoch, marks; /* of that thread, when it was freed; 0 where states are to be recognized */
	uint32_t told;         /* 1: that it is used when it is free, in this execution */
	uint64_t site;         /* that made it */
	uint64_t freed_site;   /* that freed it; 0 where states are to be recognized */
};

struct arena {
	uint32_t used, n, capacity;
	struct block *block;
};

static struct {
	char *memory;
	uint64_t bytes; /* of each arena */
	unsigned n;
	struct arena *arena;
	/* when the setup was over */
	uint32_t saved_used[THREADS_MAX + 1], saved_n[THREADS_MAX + 1];
	uint64_t *saved_freed; /* of the first thread's arena, where the setup allocates */
	char *saved_bytes;
} heap;

/* The bit of the process that the thread is, or is in. */
static uint64_t process_bit(uint32_t thread)
{
	return machine->processes ? UINT64_C(1) << thread : 1;
}

int heap_create(unsigned n_arenas)
{
	heap.n = n_arenas;
	heap.bytes = n_arenas <= ARENAS_FEW ? ARENA_BYTES : ARENA_BYTES_OF_MANY;
	heap.memory = mmap(NULL, n_arenas * heap.bytes, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (heap.memory == MAP_FAILED)
		return -errno;
	heap_range = (struct heap_range){ (uint64_t)(uintptr_t)heap.memory, n_arenas * heap.bytes };
	heap.arena = calloc(n_arenas, sizeof *heap.arena);
	return heap.arena == NULL ? -ENOMEM : 0;
}

void heap_destroy(void)
{
	munmap(heap.memory, heap.n * heap.bytes);
	for (unsigned i = 0; i < heap.n && heap.arena != NULL; i++)
		free(heap.arena[i].block);
	free(heap.arena);
	free(heap.saved_freed);
	free(heap.saved_bytes);
	memset(&heap, 0, sizeof heap);
}

int heap_save(void)
{
	unsigned first = heap.n - 1;

	for (unsigned i = 0; i < heap.n; i++) {
		heap.saved_used[i] = heap.arena[i].used;
		heap.saved_n[i] = heap.arena[i].n;
	}
	heap.saved_freed = calloc(heap.arena[first].n + 1, sizeof *heap.saved_freed);
	heap.saved_bytes = malloc(heap.arena[first].used + 1);
	if (heap.saved_freed == NULL || heap.saved_bytes == NULL)
		return -ENOMEM;
	for (uint32_t i = 0; i < heap.arena[first].n; i++)
		heap.saved_freed[i] = heap.arena[first].block[i].freed != 0 ? UINT64_MAX : 0;
	memcpy(heap.saved_bytes, heap.memory + first * heap.bytes, heap.arena[first].used);
	return 0;
}

void heap_restore(void)
{
	unsigned first = heap.n - 1;

	for (unsigned i = 0; i < heap.n; i++) {
		struct arena *arena = &heap.arena[i];
		/* Not for 0 bytes: a masked store to a page that is not there yet is slow. */
		if (arena->used > heap.saved_used[i])
			memset(heap.memory + i * heap.bytes + heap.saved_used[i], FILL_FRESH,
			       arena->used - heap.saved_used[i]);
		arena->used = heap.saved_used[i];
		arena->n = heap.saved_n[i];
	}
	for (uint32_t i = 0; i < heap.arena[first].n; i++) {
		heap.arena[first].block[i].freed = heap.saved_freed[i];
		heap.arena[first].block[i].told = 0;
	}
	if (heap.saved_used[first] > 0)
		memcpy(heap.memory + first * heap.bytes, heap.saved_bytes, heap.saved_used[first]);
}

void heap_guard(bool guard)
{
	mprotect(heap.memory, heap.n * heap.bytes, guard ? PROT_NONE : PROT_READ | PROT_WRITE);
}

static struct block *block_at(uint64_t address, struct arena **arena, char **base)
{
	uint64_t offset = address - (uint64_t)(uintptr_t)heap.memory;

	if (address < (uint64_t)(uintptr_t)heap.memory || offset >= heap.n * heap.bytes)
		return NULL;
	*arena = &heap.arena[offset / heap.bytes];
	*base = heap.memory + offset / heap.bytes * heap.bytes;
	offset %= heap.bytes;
	/* the last block that begins at or before it */
	uint32_t low = 0, high = (*arena)->n;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if ((*arena)->block[middle].begin <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low == 0 ? NULL : &(*arena)->block[low - 1];
}

bool heap_find(uint64_t address, struct heap_block *found)
{
	struct arena *arena;
	char *base;
	const struct block *block = block_at(address, &arena, &base);

	if (block == NULL)
		return false;
	uint32_t index = (uint32_t)(arena - heap.arena);
	*found = (struct heap_block){ .begin = (uint64_t)(uintptr_t)(base + block->begin),
				      .site = block->site,
				      .of_setup = index == heap.n - 1,
				      .thread = index,
				      .nth = (uint32_t)(block - arena->block) + 1 };
	return address - found->begin < block->size;
}

bool heap_has(uint64_t address)
{
	return address >= (uint64_t)(uintptr_t)heap.memory &&
	       address < (uint64_t)(uintptr_t)heap.memory + heap.n * heap.bytes;
}

int heap_arena(uint64_t address)
{
	return heap_has(address) ? (int)((address - (uint64_t)(uintptr_t)heap.memory) / heap.bytes) : -1;
}

uint64_t heap_begin(unsigned arena)
{
	return (uint64_t)(uintptr_t)heap.memory + arena * heap.bytes;
}

size_t heap_of_setup(void **begin)
{
	*begin = heap.memory + (heap.n - 1) * heap.bytes;
	return heap.arena[heap.n - 1].used;
}

static bool make_room(struct arena *arena)
{
	uint32_t capacity = 2 * arena->capacity + 64;
	struct block *block;

	if (arena->n < arena->capacity)
		return true;
	block = realloc(arena->block, capacity * sizeof *block);
	if (block == NULL) {
		machine_give_up(SAID_NO_MEMORY);
		return false;
	}
	arena->block = block;
	arena->capacity = capacity;
	return true;
}

static uint64_t allocate(struct run_thread *thread, uint64_t size, uint64_t alignment, uint64_t site)
{
	unsigned index = (unsigned)(thread - machine->thread);
	struct arena *arena = &heap.arena[index];
	uint64_t begin;

	if (alignment < 16)
		alignment = 16;
	if (size > PTRDIFF_MAX || (alignment & (alignment - 1)) != 0)
		return 0;
	/* Where states are to be recognized, memory is used again. */
	for (uint32_t i = 0; machine->stateful && i < arena->n; i++) {
		struct block *block = &arena->block[i];
		if (block->freed == 0 || block->size != size || (block->begin & (alignment - 1)) != 0)
			continue;
		block->freed = 0;
		block->thread_freed = block->epoch = block->marks = 0;
		block->freed_site = 0;
		block->site = site;
		memset(heap.memory + index * heap.bytes + block->begin, FILL_FRESH, size);
		return (uint64_t)(uintptr_t)(heap.memory + index * heap.bytes + block->begin);
	}
	begin = (arena->used + RED_ZONE + alignment - 1) & ~(alignment - 1);
	if (alignment > 4096 || size > heap.bytes || begin + size + RED_ZONE > heap.bytes) {
		machine_give_up(SAID_NOT_MODELLED, said_only(SAID_MORE_HEAP_THAN_THE_EXPLORER));
		return 0;
	}
	if (!make_room(arena))
		return 0;
	arena->block[arena->n++] = (struct block){ .begin = (uint32_t)begin, .size = (uint32_t)size, .site = site };
	memset(heap.memory + index * heap.bytes + arena->used, FILL_FRESH, begin + size - arena->used);
	arena->used = (uint32_t)(begin + size);
	return (uint64_t)(uintptr_t)(heap.memory + index * heap.bytes + begin);
}

/* A thread does what it must not do with a block that is free. */
static void find_freed(uint32_t t, const struct block *block, uint64_t address, const char *message)
{
	const struct race_place freeing = { .thread = block->thread_freed,
					    .epoch = block->epoch,
					    .marks = block->marks };

	if (!machine->processes && block->freed_site != 0)
		machine->blame = (struct blame){ .kind = BLAME_FREED, .address = address, .pc = block->freed_site };
	finding_of_two(PROPERTY_MEMORY_SAFETY, t, &freeing, message);
	lifetime_no_blame();
}

/* Whether blocks keep what is in them when they are free, for nobody else gets their memory: then what comes of a use
 * is seen too, as in a run in which the memory has not been handed out again. */
static bool free_blocks_last(void)
{
	return !machine->stateful && !machine->processes;
}

/* Whether a use of the block, which is free, is to be told: once in an execution. (A schedule that goes on is of
 * something that was found later.) */
static bool may_be_told(struct block *block)
{
	if (!free_blocks_last())
		return true;
	if (block->told != 0 || (machine->tracing && !machine->solo && machine->to_come))
		return false;
	block->told = 1;
	return true;
}

/* True: the execution ends by it. */
static bool find_use_of_freed(uint32_t t, struct block *block, uint64_t address)
{
	char message[160];

	if (may_be_told(block)) {
		said_write(message, sizeof message, SAID_THREAD_USES_A_HEAP_BLOCK, t, block->thread_freed);
		find_freed(t, block, address, message);
	}
	if (free_blocks_last())
		return false;
	finding_over();
	return true;
}

static void release(struct run_thread *thread, uint64_t address, uint64_t site)
{
	struct arena *arena;
	char *base, message[160];
	struct block *block = block_at(address, &arena, &base);
	uint32_t t = thread_number(thread);

	if (block == NULL || (uint64_t)(uintptr_t)(base + block->begin) != address) {
		said_write(message, sizeof message, SAID_THREAD_FREES_WHAT_MALLOC_DID, t);
		finding_ends(PROPERTY_MEMORY_SAFETY, t, message);
		return;
	}
	if ((block->freed & process_bit(t)) != 0) {
		said_write(message, sizeof message, SAID_THREAD_FREES_A_BLOCK_THAT, t, block->thread_freed);
		find_freed(t, block, address, message);
		finding_over();
		return;
	}
	block->freed |= process_bit(t);
	block->thread_freed = t;
	block->epoch = machine->stateful ? 0 : thread->consumed;
	block->marks = machine->stateful ? 0 : thread->marks;
	block->freed_site = machine->stateful ? 0 : site;
	if (machine->stateful)
		memset(base + block->begin, FILL_FREED, block->size);
	struct race_place user;
	if (!lifetime_used(thread, address, block->size, site, &user) || !may_be_told(block))
		return;
	lifetime_tell_user(thread, &user, site, SAID_THREAD_FREES_A_BLOCK_WHILE);
	if (!free_blocks_last())
		finding_over();
}

static void free_block(struct run_thread *thread, uint64_t address, const char *call, uint64_t site)
{
	if (address == 0)
		return;
	machine_place(site, &machine->code);
	release(thread, address, site);
	machine->code = (struct wire_place){ .module = MODULE_NONE };
	if (machine->listener != NULL && machine->listener->freed != NULL)
		machine->listener->freed(machine->listener_context, thread, address, call, site);
}

uint64_t heap_request(struct run_thread *thread, const struct hook_request *request)
{
	struct arena *arena;
	char *base;
	struct block *block;

	switch (request->argument[0]) {
	case HEAP_ALLOCATE:
		return allocate(thread, request->argument[1], request->argument[2], request->argument[3]);
	case HEAP_FREE:
		free_block(thread, request->argument[1], (const char *)request->argument[2], request->argument[3]);
		return 0;
	default:
		block = block_at(request->argument[1], &arena, &base);
		return block == NULL ? 0 : block->size;
	}
}

struct heap_range heap_range;

static bool is_outside(struct run_thread *thread, uint64_t address, uint32_t size)
{
	struct arena *arena;
	char *base, message[160];
	struct block *block;
	uint32_t t = thread_number(thread);

	if (!heap_has(address)) {
		said_write(message, sizeof message, SAID_THREAD_USES_A_NULL_POINTER, t);
		finding_ends(PROPERTY_MEMORY_SAFETY, t, message);
		return true;
	}
	block = block_at(address, &arena, &base);
	uint64_t offset = block == NULL ? 0 : address - (uint64_t)(uintptr_t)base - block->begin;
	if (block == NULL || offset + size > block->size) {
		said_write(message, sizeof message, SAID_THREAD_ACCESSES_MEMORY_OUTSIDE_OF, t);
	} else if ((block->freed & process_bit(t)) != 0) {
		return find_use_of_freed(t, block, (uint64_t)(uintptr_t)base + block->begin);
	} else {
		return false;
	}
	finding_ends(PROPERTY_MEMORY_SAFETY, t, message);
	return true;
}

/* The access is not among the steps, for it is not made: the finding says where it would have been. */
bool heap_look(struct run_thread *thread, uint64_t address, uint32_t size)
{
	uint64_t pc = fiber_pc(thread->fiber);

	machine_site(in_module(pc) ? pc : thread->library_site, &machine->code);
	bool wrong = is_outside(thread, address, size);
	machine->code = (struct wire_place){ .module = MODULE_NONE };
	return wrong;
}

void heap_check_leaks(void)
{
	char message[160];
	uint32_t blocks = 0;
	uint64_t bytes = 0;

	/* What other processes have not freed ended with them. */
	for (unsigned i = machine->processes ? heap.n - 1 : 0; i < heap.n; i++) {
		for (uint32_t k = 0; k < heap.arena[i].n; k++) {
			if ((heap.arena[i].block[k].freed & process_bit(machine->n_threads)) != 0)
				continue;
			blocks++;
			bytes += heap.arena[i].block[k].size;
		}
	}
	if (blocks == 0)
		return;
	said_write(message, sizeof message, blocks == 1 ? SAID_BLOCK_OF_THE_HEAP_BYTES : SAID_BLOCKS_OF_THE_HEAP_BYTES,
		   blocks, (unsigned long long)bytes);
	finding_of_the_end(PROPERTY_MEMORY_SAFETY, message);
}

uint64_t heap_hash(void)
{
	uint64_t h = 0;

	for (unsigned i = 0; i < heap.n; i++) {
		h = hash_bytes(heap.memory + i * heap.bytes, heap.arena[i].used, h);
		h = hash_bytes(heap.arena[i].block, heap.arena[i].n * sizeof(struct block), h);
	}
	return h;
}
