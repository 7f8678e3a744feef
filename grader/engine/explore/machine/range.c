#include "range.h"

#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "fiber.h"
#include "process.h"

/* A write to one object of the model. */
struct piece {
	uint64_t address, value;
	uint32_t size;
};

static struct {
	struct {
		struct piece *piece;
		uint32_t n, capacity, next;
		uint64_t pc;
		uint32_t hook;
	} thread[FIBERS_MAX];
} ranges;

void range_fini(void)
{
	for (unsigned t = 0; t < FIBERS_MAX; t++)
		free(ranges.thread[t].piece);
	memset(&ranges, 0, sizeof ranges);
}

static bool add_piece(uint32_t t, uint64_t address, uint32_t size)
{
	if (ranges.thread[t].n == ranges.thread[t].capacity) {
		uint32_t capacity = 2 * ranges.thread[t].capacity + 8;
		struct piece *more = realloc(ranges.thread[t].piece, capacity * sizeof *more);
		if (more == NULL) {
			machine_give_up(SAID_NO_MEMORY);
			return false;
		}
		ranges.thread[t].piece = more;
		ranges.thread[t].capacity = capacity;
	}
	ranges.thread[t].piece[ranges.thread[t].n++] = (struct piece){ .address = address, .size = size };
	return true;
}

static uint64_t model_address(const struct run_thread *thread, uint64_t address)
{
	return machine->processes ? process_address(thread, address) : address;
}

bool range_is_split(const struct run_thread *thread, uint64_t address, uint32_t size)
{
	uint32_t location[SHADOW_LOCATIONS_MAX];

	if (machine->solo)
		return false;
	address = model_address(thread, address);
	unsigned n = shadow_tracked(address, size, location, SHADOW_LOCATIONS_MAX);
	if (n == 0 || (n == 1 && location_at(&machine->model, location[0])->size >= size))
		return false;
	for (unsigned i = 0; i < n; i++) {
		const struct location *l = location_at(&machine->model, location[i]);
		if (l->address < address || l->address + l->size > address + size)
			return false; /* it is wider than the write: they become one object */
	}
	return true;
}

/* The write of these bytes, of one word, is an event. */
static bool add_pieces(uint32_t t, uint64_t address, uint32_t size)
{
	uint32_t location[SHADOW_LOCATIONS_MAX];
	unsigned n = shadow_tracked(address, size, location, SHADOW_LOCATIONS_MAX);

	for (unsigned i = 0; i < n; i++) {
		const struct location *l = location_at(&machine->model, location[i]);
		if (l->address < address || l->address + l->size > address + size) {
			machine_give_up(SAID_NOT_MODELLED, said_only(SAID_A_BLOCK_COPY_OVER_A));
			return false;
		}
		if (!add_piece(t, l->address, l->size))
			return false;
	}
	if (n > 0)
		return true;
	/* It races, as was found before, and has not been used yet in this execution. */
	if ((size & (size - 1)) == 0 && (address & (size - 1)) == 0)
		return add_piece(t, address, size);
	machine_give_up(SAID_NOT_MODELLED, said_only(SAID_A_BLOCK_COPY_OVER_AN));
	return false;
}

/* Runs the thread on, and takes what it wrote: memory is the model's again until each write is its turn. */
static void run_ahead(struct run_thread *thread)
{
	uint32_t t = thread_number(thread);

	for (uint32_t i = 0; i < ranges.thread[t].n; i++)
		ranges.thread[t].piece[i].value =
		    load_bytes(ranges.thread[t].piece[i].address, ranges.thread[t].piece[i].size);
	machine_resume(thread);
	for (uint32_t i = 0; i < ranges.thread[t].n; i++) {
		struct piece *piece = &ranges.thread[t].piece[i];
		uint64_t before = piece->value;
		piece->value = load_bytes(piece->address, piece->size);
		store_bytes(piece->address, piece->size, before);
	}
	thread->ahead = true;
}

bool range_access(struct run_thread *thread, uint64_t address, uint64_t size, bool write, struct action *action)
{
	uint32_t t = thread_number(thread);
	bool event = false;

	ranges.thread[t].n = ranges.thread[t].next = 0;
	ranges.thread[t].pc = fiber_pc(thread->fiber);
	ranges.thread[t].hook = (uint32_t)thread->fiber->request.hook;
	for (uint64_t done = 0; done < size && machine->end == END_NONE;) {
		uint32_t chunk = (uint32_t)(8 - ((address + done) & 7));
		if (chunk > size - done)
			chunk = (uint32_t)(size - done);
		if (access_plain(thread, address + done, chunk, write)) {
			event = true;
			if (machine->stateful)
				break;
			if (write && !add_pieces(t, model_address(thread, address + done), chunk))
				return false;
		}
		done += chunk;
	}
	if (!event || machine->end != END_NONE)
		return false;
	if (machine->stateful) { /* one step: what it does, it does when it runs on */
		*action = (struct action){ .kind = ACTION_ACCESS,
					   .hook = ranges.thread[t].hook,
					   .address = model_address(thread, address),
					   .pc = ranges.thread[t].pc,
					   .rule = { .rule = write ? RULE_STORE : RULE_LOAD,
						     .order = __ATOMIC_RELAXED,
						     .failure_order = __ATOMIC_RELAXED,
						     .size = 1,
						     .plain = 1 } };
		return true;
	}
	if (!write) {
		machine_give_up(SAID_NOT_MODELLED, said_only(SAID_A_BLOCK_COPY_OF_AN));
		return false;
	}
	run_ahead(thread);
	return range_next(thread, action);
}

bool range_next(struct run_thread *thread, struct action *action)
{
	uint32_t t = thread_number(thread);

	if (ranges.thread[t].next == ranges.thread[t].n) {
		thread->ahead = false;
		return false;
	}
	const struct piece *piece = &ranges.thread[t].piece[ranges.thread[t].next++];
	*action = (struct action){ .kind = ACTION_ACCESS,
				   .hook = ranges.thread[t].hook,
				   .address = piece->address,
				   .pc = ranges.thread[t].pc,
				   .rule = { .rule = RULE_STORE,
					     .operand = piece->value,
					     .order = __ATOMIC_RELAXED,
					     .failure_order = __ATOMIC_RELAXED,
					     .size = (uint8_t)piece->size } };
	return true;
}
