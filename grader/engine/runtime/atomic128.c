/* Atomic operations of 16 bytes, all by cmpxchg16b: __atomic would call libatomic, which not every machine has. */
#include "tsan.h"

static tsan_u128 compare_exchange(volatile tsan_u128 *place, tsan_u128 expected, tsan_u128 desired)
{
	return __sync_val_compare_and_swap(place, expected, desired);
}

#define DEFINE_FETCH(operation, result)                                                                                \
	tsan_u128 __tsan_atomic128_##operation(volatile tsan_u128 *place, tsan_u128 value, int order)                  \
	{                                                                                                              \
		tsan_u128 seen = 0;                                                                                    \
		(void)order;                                                                                           \
		for (;;) {                                                                                             \
			tsan_u128 old = compare_exchange(place, seen, (result));                                       \
			if (old == seen)                                                                               \
				return old;                                                                            \
			seen = old;                                                                                    \
		}                                                                                                      \
	}

DEFINE_FETCH(exchange, value)
DEFINE_FETCH(fetch_add, seen + value)
DEFINE_FETCH(fetch_sub, seen - value)
DEFINE_FETCH(fetch_and, seen &value)
DEFINE_FETCH(fetch_or, seen | value)
DEFINE_FETCH(fetch_xor, seen ^ value)
DEFINE_FETCH(fetch_nand, ~(seen &value))

tsan_u128 __tsan_atomic128_load(const volatile tsan_u128 *place, int order)
{
	(void)order;
	return compare_exchange((volatile tsan_u128 *)(uintptr_t)place, 0, 0);
}

void __tsan_atomic128_store(volatile tsan_u128 *place, tsan_u128 value, int order)
{
	__tsan_atomic128_exchange(place, value, order);
}

tsan_u128 __tsan_atomic128_compare_exchange_val(volatile tsan_u128 *place, tsan_u128 expected, tsan_u128 desired,
						int order, int failure_order)
{
	(void)order;
	(void)failure_order;
	return compare_exchange(place, expected, desired);
}

int __tsan_atomic128_compare_exchange_strong(volatile tsan_u128 *place, tsan_u128 *expected, tsan_u128 desired,
					     int order, int failure_order)
{
	tsan_u128 old = __tsan_atomic128_compare_exchange_val(place, *expected, desired, order, failure_order);

	if (old == *expected)
		return 1;
	*expected = old;
	return 0;
}

int __tsan_atomic128_compare_exchange_weak(volatile tsan_u128 *place, tsan_u128 *expected, tsan_u128 desired, int order,
					   int failure_order)
{
	return __tsan_atomic128_compare_exchange_strong(place, expected, desired, order, failure_order);
}
