/* Atomic operations of 1, 2, 4 and 8 bytes, performed as asked. The order is known only when the call comes, and
 * gcc takes an order that is no constant for seq_cst: hence the switches, where x86 has a cheaper instruction. For
 * read-modify-write operations it has none. */
#include "tsan.h"

#define DEFINE_PLAIN(bits, type)                                                                                       \
	type __tsan_atomic##bits##_load(const volatile type *place, int order)                                         \
	{                                                                                                              \
		switch (TSAN_ORDER(order)) {                                                                           \
		case __ATOMIC_RELAXED:                                                                                 \
			return __atomic_load_n(place, __ATOMIC_RELAXED);                                               \
		case __ATOMIC_CONSUME:                                                                                 \
		case __ATOMIC_ACQUIRE:                                                                                 \
			return __atomic_load_n(place, __ATOMIC_ACQUIRE);                                               \
		default:                                                                                               \
			return __atomic_load_n(place, __ATOMIC_SEQ_CST);                                               \
		}                                                                                                      \
	}                                                                                                              \
	void __tsan_atomic##bits##_store(volatile type *place, type value, int order)                                  \
	{                                                                                                              \
		switch (TSAN_ORDER(order)) {                                                                           \
		case __ATOMIC_RELAXED:                                                                                 \
			__atomic_store_n(place, value, __ATOMIC_RELAXED);                                              \
			break;                                                                                         \
		case __ATOMIC_RELEASE:                                                                                 \
			__atomic_store_n(place, value, __ATOMIC_RELEASE);                                              \
			break;                                                                                         \
		default:                                                                                               \
			__atomic_store_n(place, value, __ATOMIC_SEQ_CST);                                              \
			break;                                                                                         \
		}                                                                                                      \
	}

#define DEFINE_FETCH(bits, type, operation)                                                                            \
	type __tsan_atomic##bits##_##operation(volatile type *place, type value, int order)                            \
	{                                                                                                              \
		(void)order;                                                                                           \
		return __atomic_##operation(place, value, __ATOMIC_SEQ_CST);                                           \
	}

#define DEFINE_COMPARE(bits, type)                                                                                     \
	type __tsan_atomic##bits##_compare_exchange_val(volatile type *place, type expected, type desired, int order,  \
							int failure_order)                                             \
	{                                                                                                              \
		(void)order;                                                                                           \
		(void)failure_order;                                                                                   \
		__atomic_compare_exchange_n(place, &expected, desired, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);         \
		return expected;                                                                                       \
	}                                                                                                              \
	int __tsan_atomic##bits##_compare_exchange_strong(volatile type *place, type *expected, type desired,          \
							  int order, int failure_order)                                \
	{                                                                                                              \
		(void)order;                                                                                           \
		(void)failure_order;                                                                                   \
		return __atomic_compare_exchange_n(place, expected, desired, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);   \
	}                                                                                                              \
	int __tsan_atomic##bits##_compare_exchange_weak(volatile type *place, type *expected, type desired, int order, \
							int failure_order)                                             \
	{                                                                                                              \
		return __tsan_atomic##bits##_compare_exchange_strong(place, expected, desired, order, failure_order);  \
	}

#define DEFINE(bits, type)                                                                                             \
	DEFINE_PLAIN(bits, type)                                                                                       \
	type __tsan_atomic##bits##_exchange(volatile type *place, type value, int order)                               \
	{                                                                                                              \
		(void)order;                                                                                           \
		return __atomic_exchange_n(place, value, __ATOMIC_SEQ_CST);                                            \
	}                                                                                                              \
	DEFINE_FETCH(bits, type, fetch_add)                                                                            \
	DEFINE_FETCH(bits, type, fetch_sub)                                                                            \
	DEFINE_FETCH(bits, type, fetch_and)                                                                            \
	DEFINE_FETCH(bits, type, fetch_or)                                                                             \
	DEFINE_FETCH(bits, type, fetch_xor)                                                                            \
	DEFINE_FETCH(bits, type, fetch_nand)                                                                           \
	DEFINE_COMPARE(bits, type)

DEFINE(8, uint8_t)
DEFINE(16, uint16_t)
DEFINE(32, uint32_t)
DEFINE(64, uint64_t)

void __tsan_atomic_thread_fence(int order)
{
	switch (TSAN_ORDER(order)) {
	case __ATOMIC_RELAXED:
		break;
	case __ATOMIC_SEQ_CST:
		__atomic_thread_fence(__ATOMIC_SEQ_CST);
		break;
	default:
		__atomic_thread_fence(__ATOMIC_ACQ_REL);
		break;
	}
}

void __tsan_atomic_signal_fence(int order)
{
	(void)order;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}
