/* Plain accesses and the marks of functions: the compiler announces them, and there is nothing to do. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "export.h"

#define ANNOUNCE(name)                                                                                                 \
	EXPORT void __tsan_##name(void *place);                                                                        \
	void __tsan_##name(void *place)                                                                                \
	{                                                                                                              \
		(void)place;                                                                                           \
	}

#define ANNOUNCE_PC(name)                                                                                              \
	EXPORT void __tsan_##name(void *place, void *pc);                                                              \
	void __tsan_##name(void *place, void *pc)                                                                      \
	{                                                                                                              \
		(void)place;                                                                                           \
		(void)pc;                                                                                              \
	}

#define ANNOUNCE_RANGE(name)                                                                                           \
	EXPORT void __tsan_##name(void *place, size_t size);                                                           \
	void __tsan_##name(void *place, size_t size)                                                                   \
	{                                                                                                              \
		(void)place;                                                                                           \
		(void)size;                                                                                            \
	}

#define ANNOUNCE_RANGE_PC(name)                                                                                        \
	EXPORT void __tsan_##name(void *place, size_t size, void *pc);                                                 \
	void __tsan_##name(void *place, size_t size, void *pc)                                                         \
	{                                                                                                              \
		(void)place;                                                                                           \
		(void)size;                                                                                            \
		(void)pc;                                                                                              \
	}

#define ANNOUNCE_SIZES(name) ANNOUNCE(name##1) ANNOUNCE(name##2) ANNOUNCE(name##4) ANNOUNCE(name##8) ANNOUNCE(name##16)
#define ANNOUNCE_SIZES_PC(name)                                                                                        \
	ANNOUNCE_PC(name##1_pc)                                                                                        \
	ANNOUNCE_PC(name##2_pc) ANNOUNCE_PC(name##4_pc) ANNOUNCE_PC(name##8_pc) ANNOUNCE_PC(name##16_pc)

/* clang-format off */
ANNOUNCE_SIZES(read)
ANNOUNCE_SIZES(write)
ANNOUNCE_SIZES(read_write)
ANNOUNCE_SIZES(unaligned_read)
ANNOUNCE_SIZES(unaligned_write)
ANNOUNCE_SIZES(unaligned_read_write)
ANNOUNCE_SIZES(volatile_read)
ANNOUNCE_SIZES(volatile_write)
ANNOUNCE_SIZES(unaligned_volatile_read)
ANNOUNCE_SIZES(unaligned_volatile_write)
ANNOUNCE_SIZES_PC(read)
ANNOUNCE_SIZES_PC(write)
ANNOUNCE_RANGE(read_range)
ANNOUNCE_RANGE(write_range)
ANNOUNCE_RANGE_PC(read_range_pc)
ANNOUNCE_RANGE_PC(write_range_pc)
ANNOUNCE(vptr_read)
ANNOUNCE(func_entry)
/* clang-format on */

EXPORT void __tsan_vptr_update(void **place, void *value);
void __tsan_vptr_update(void **place, void *value)
{
	(void)place;
	(void)value;
}

#define ANNOUNCE_NOTHING(name)                                                                                         \
	EXPORT void __tsan_##name(void);                                                                               \
	void __tsan_##name(void)                                                                                       \
	{                                                                                                              \
	}

/* clang-format off */
ANNOUNCE_NOTHING(init)
ANNOUNCE_NOTHING(func_exit)
ANNOUNCE_NOTHING(ignore_thread_begin)
ANNOUNCE_NOTHING(ignore_thread_end)
ANNOUNCE_NOTHING(flush_memory)
/* clang-format on */

/* clang puts these where the program copies or fills memory. */
EXPORT void *__tsan_memcpy(void *to, const void *from, size_t size);
EXPORT void *__tsan_memmove(void *to, const void *from, size_t size);
EXPORT void *__tsan_memset(void *to, int byte, size_t size);

void *__tsan_memcpy(void *to, const void *from, size_t size)
{
	return memcpy(to, from, size);
}

void *__tsan_memmove(void *to, const void *from, size_t size)
{
	return memmove(to, from, size);
}

void *__tsan_memset(void *to, int byte, size_t size)
{
	return memset(to, byte, size);
}
