/* Zeroes no more than a few kilobytes: for so little, memset() and `rep stos` take what is quick only for much. */
#ifndef CLEAR_H
#define CLEAR_H

#include <emmintrin.h>
#include <stddef.h>

/* Both multiples of 16. */
static inline void clear_blocks(void *begin, size_t bytes)
{
	for (__m128i *block = begin, *end = block + bytes / 16; block < end; block++) {
		__asm__("" : "+r"(block)); /* or the compiler finds that this is memset() */
		_mm_store_si128(block, _mm_setzero_si128());
	}
}

#endif
