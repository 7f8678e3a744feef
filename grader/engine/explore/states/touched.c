#include "touched.h"

#include <stddef.h>

#include "hash.h"

void touched_clear(struct touched *touched)
{
	touched->n = 0;
}

static bool is_used(const struct touched *touched, uint32_t slot)
{
	uint32_t at = touched->slot[slot];

	return at < touched->n && touched->word[at].slot == slot;
}

/* The word's slot, or that which it would have. */
static uint32_t slot_of(const struct touched *touched, uint64_t word)
{
	uint32_t slot = (uint32_t)(hash_mix(word, 0) % TOUCHED_SLOTS);

	while (is_used(touched, slot) && touched->word[touched->slot[slot]].word != word)
		slot = (slot + 1) % TOUCHED_SLOTS;
	return slot;
}

bool touched_add(struct touched *touched, uint64_t word, uint8_t bytes, bool write)
{
	uint32_t slot = slot_of(touched, word);

	if (!is_used(touched, slot)) {
		if (touched->n == TOUCHED_MAX)
			return false;
		touched->slot[slot] = (uint16_t)touched->n;
		touched->word[touched->n++] = (struct touched_word){ .word = word, .slot = (uint16_t)slot };
	}
	struct touched_word *one = &touched->word[touched->slot[slot]];
	if (write)
		one->written |= bytes;
	else
		one->read |= bytes;
	return true;
}

bool touched_meets(const struct touched *touched, uint64_t word, uint8_t bytes, bool write)
{
	uint32_t slot = slot_of(touched, word);
	const struct touched_word *one = &touched->word[touched->slot[slot]];

	return is_used(touched, slot) && (bytes & (write ? one->read | one->written : one->written)) != 0;
}

uint64_t touched_hash(const struct touched *touched)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < touched->n; i++) {
		const struct touched_word *one = &touched->word[i];
		sum += hash_mix(one->word, (uint64_t)one->read << 8 | one->written);
	}
	return sum;
}
