/* Which bytes a thread has touched since its last step that others can see: a sparse set of words (Briggs and Torczon,
 * "An efficient representation for sparse sets", LOPLAS 1993), emptied at once. */
#ifndef TOUCHED_H
#define TOUCHED_H

#include <stdbool.h>
#include <stdint.h>

#define TOUCHED_MAX 1000u /* words */
#define TOUCHED_SLOTS 2048u

struct touched {
	uint32_t n;
	struct touched_word {
		uint64_t word; /* address / 8 */
		uint16_t slot;
		uint8_t read, written; /* bits: bytes of it */
	} word[TOUCHED_MAX];
	uint16_t slot[TOUCHED_SLOTS]; /* where in `word`, if that says so too */
};

void touched_clear(struct touched *touched);

/* `bytes` of the word are read, or written; false: there is no room for one more. */
bool touched_add(struct touched *touched, uint64_t word, uint8_t bytes, bool write);

/* Whether one of the bytes has been touched, and one of the two is a write. */
bool touched_meets(const struct touched *touched, uint64_t word, uint8_t bytes, bool write);

/* The same in whatever order they were touched. */
uint64_t touched_hash(const struct touched *touched);

#endif
