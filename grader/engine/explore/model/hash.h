/* A quick hash of memory, for recognizing states. Not for anything hostile. After wyhash (Wang Yi, 2019): products of
 * 64 by 64 bits, folded. */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t hash_mix(uint64_t a, uint64_t b)
{
	unsigned __int128 product =
	    (unsigned __int128)(a ^ UINT64_C(0xa0761d6478bd642f)) * (b ^ UINT64_C(0xe7037ed1a0b428db));

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t hash_bytes(const void *bytes, size_t size, uint64_t seed)
{
	const char *p = bytes;
	uint64_t a, b, h = seed ^ size;

	/* Two at a time: one product does not wait for the other. */
	if (size >= 32) {
		uint64_t c, d, k = seed;
		for (; size >= 32; size -= 32, p += 32) {
			memcpy(&a, p, 8);
			memcpy(&b, p + 8, 8);
			memcpy(&c, p + 16, 8);
			memcpy(&d, p + 24, 8);
			h = hash_mix(a ^ h, b);
			k = hash_mix(c ^ k, d);
		}
		h = hash_mix(h, k);
	}
	for (; size >= 16; size -= 16, p += 16) {
		memcpy(&a, p, 8);
		memcpy(&b, p + 8, 8);
		h = hash_mix(a ^ h, b);
	}
	a = b = 0;
	if (size >= 8) {
		memcpy(&a, p, 8);
		p += 8;
		size -= 8;
	}
	memcpy(&b, p, size);
	return hash_mix(a ^ h, b ^ UINT64_C(0x8ebc6af09c88c6e3));
}

#endif
