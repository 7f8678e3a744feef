/* Objects of the library: made, used, destroyed. What state one is in is in its own first bytes, so that it goes with
 * the memory, wherever that is copied, overwritten or freed: a destroyed object is a pattern of ours, and so is a made
 * one of a type that has no static initializer. */
#include "own.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <threads.h>

#include "fresh.h"

#define MARKED_BYTES 8u
static const unsigned char made[MARKED_BYTES] = { 0x3a, 0x91, 0xc6, 0x5d, 0x4e, 0x1b, 0xa8, 0x72 };
static const unsigned char gone[MARKED_BYTES] = { 0x3a, 0x91, 0xc6, 0xd5, 0x6f, 0x2c, 0xb9, 0x83 };

const struct object_type type_mutex = { .name = SAID_MUTEX, .size = sizeof(pthread_mutex_t) };
const struct object_type type_condition = { .name = SAID_CONDITION_VARIABLE, .size = sizeof(pthread_cond_t) };
const struct object_type type_rwlock = { .name = SAID_READ_WRITE_LOCK, .size = sizeof(pthread_rwlock_t) };
const struct object_type type_semaphore = { .name = SAID_SEMAPHORE, .size = sizeof(sem_t), .must_be_made = true };
const struct object_type type_spin = { .name = SAID_SPIN_LOCK,
				       .size = sizeof(pthread_spinlock_t),
				       .must_be_made = true };
const struct object_type type_barrier = { .name = SAID_BARRIER,
					  .size = sizeof(pthread_barrier_t),
					  .must_be_made = true };
const struct object_type type_mtx = { .name = SAID_MUTEX, .size = sizeof(mtx_t), .must_be_made = true };
const struct object_type type_cnd = { .name = SAID_CONDITION_VARIABLE, .size = sizeof(cnd_t), .must_be_made = true };

static size_t marked(const struct object_type *type)
{
	return type->size < MARKED_BYTES ? type->size : MARKED_BYTES;
}

static void complain(const void *object, const struct object_type *type, enum said what)
{
	char message[96];

	said_write(message, sizeof message, what, said_only(type->name));
	call_finding(PROPERTY_MEMORY_SAFETY, message, object);
}

/* Where it is not, that has been told, and this execution ends. */
static void expect_alive(const void *object, const struct object_type *type)
{
	if (memcmp(object, gone, marked(type)) == 0)
		complain(object, type, SAID_A_IS_USED_AFTER_IT);
	else if (fresh_is_all(object, type->size) || (type->must_be_made && memcmp(object, made, marked(type)) != 0))
		complain(object, type, SAID_A_IS_USED_THAT_WAS);
}

void object_makes(void *object, const struct object_type *type, uint64_t site)
{
	call_object(object, type->size, OBJECT_MADE, type->name, site, true);
}

void object_made(void *object, const struct object_type *type, bool shared, uint64_t site)
{
	if (type->must_be_made)
		memcpy(object, made, marked(type));
	if (library_mode.processes)
		call_step(KEY(object, KEY_SHARED), RULE_STORE, shared, __ATOMIC_RELAXED, site, 0);
}

bool object_is_shared(const void *object, uint64_t site)
{
	return !library_mode.processes ||
	       call_step(KEY(object, KEY_SHARED), RULE_LOAD, 0, __ATOMIC_RELAXED, site, 0) != 0;
}

void object_used(const void *object, const struct object_type *type, bool shared, uint64_t site)
{
	call_object(object, type->size, OBJECT_USED, type->name, site, shared);
	expect_alive(object, type);
}

void object_destroys(const void *object, const struct object_type *type, uint64_t site)
{
	call_object(object, type->size, OBJECT_DESTROYED, type->name, site, true);
	expect_alive(object, type);
}

void object_destroyed(void *object, const struct object_type *type)
{
	memcpy(object, gone, marked(type));
}

/* ---- locks: who holds what ---- */

struct library_held *held_find(const void *object)
{
	for (unsigned i = 0; i < LIBRARY_HELD_MAX; i++) {
		struct library_held *held = &library_state.thread[self()].held[i];
		if (held->object == object && held->count > 0)
			return held;
	}
	return NULL;
}

void held_add(const void *object, bool shared)
{
	for (unsigned i = 0; i < LIBRARY_HELD_MAX; i++) {
		struct library_held *held = &library_state.thread[self()].held[i];
		if (held->count == 0) {
			*held = (struct library_held){ .object = object, .count = 1, .shared = shared };
			return;
		}
	}
	call_unmodelled(said_only(SAID_MORE_LOCKS_OF_THE_LIBRARY));
}
