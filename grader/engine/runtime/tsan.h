/* The interface that gcc 12–14 and clang 14–19 compile to under -fsanitize=thread: see sanitizer/tsan_interface.h and
 * tsan_interface_atomic.h of either. The compilers declare these functions themselves; here they are so that the
 * definitions are checked against one another. Memory orders are the numbers of __ATOMIC_…; higher bits are hints. */
#ifndef TSAN_H
#define TSAN_H

#include <stdint.h>

#include "export.h"

typedef unsigned __int128 tsan_u128;

#define TSAN_ORDER(order) ((order)&0x7fff)

#define TSAN_DECLARE_ATOMIC(bits, type)                                                                                \
	EXPORT type __tsan_atomic##bits##_load(const volatile type *place, int order);                                 \
	EXPORT void __tsan_atomic##bits##_store(volatile type *place, type value, int order);                          \
	EXPORT type __tsan_atomic##bits##_exchange(volatile type *place, type value, int order);                       \
	EXPORT type __tsan_atomic##bits##_fetch_add(volatile type *place, type value, int order);                      \
	EXPORT type __tsan_atomic##bits##_fetch_sub(volatile type *place, type value, int order);                      \
	EXPORT type __tsan_atomic##bits##_fetch_and(volatile type *place, type value, int order);                      \
	EXPORT type __tsan_atomic##bits##_fetch_or(volatile type *place, type value, int order);                       \
	EXPORT type __tsan_atomic##bits##_fetch_xor(volatile type *place, type value, int order);                      \
	EXPORT type __tsan_atomic##bits##_fetch_nand(volatile type *place, type value, int order);                     \
	EXPORT int __tsan_atomic##bits##_compare_exchange_strong(volatile type *place, type *expected, type desired,   \
								 int order, int failure_order);                        \
	EXPORT int __tsan_atomic##bits##_compare_exchange_weak(volatile type *place, type *expected, type desired,     \
							       int order, int failure_order);                          \
	EXPORT type __tsan_atomic##bits##_compare_exchange_val(volatile type *place, type expected, type desired,      \
							       int order, int failure_order)

TSAN_DECLARE_ATOMIC(8, uint8_t);
TSAN_DECLARE_ATOMIC(16, uint16_t);
TSAN_DECLARE_ATOMIC(32, uint32_t);
TSAN_DECLARE_ATOMIC(64, uint64_t);
TSAN_DECLARE_ATOMIC(128, tsan_u128);

EXPORT void __tsan_atomic_thread_fence(int order);
EXPORT void __tsan_atomic_signal_fence(int order);

#endif
