/* Passages that two sources have in common, by winnowing (Schleimer, Wilkerson, Aiken, "Winnowing: local algorithms for
 * document fingerprinting", SIGMOD 2003): of each window of WINNOW_WINDOW runs of WINNOW_TOKENS tokens the least hash
 * is kept. Any common passage of WINNOW_WINDOW + WINNOW_TOKENS - 1 tokens is found; none shorter than WINNOW_TOKENS is.
 * Names, numbers and strings are all the same token, comments and directives none. No I/O. */
#ifndef WINNOW_H
#define WINNOW_H

#include <stddef.h>
#include <stdint.h>

enum { WINNOW_TOKENS = 12, WINNOW_WINDOW = 6 };

struct fingerprint {
	uint64_t hash;
	unsigned line; /* where the run begins */
};

struct fingerprints {
	size_t n;
	struct fingerprint *list; /* sorted by hash, each hash once */
};

struct fingerprints winnow(const char *source);
void fingerprints_free(struct fingerprints *fingerprints);

/* Takes out of `from` what `others` has. */
void fingerprints_remove(struct fingerprints *from, const struct fingerprints *others);

/* Puts those of `more`, none of which it has, into `to`. */
void fingerprints_add(struct fingerprints *to, const struct fingerprints *more);

struct likeness {
	size_t common, of;          /* of the fingerprints of the one that has fewer */
	unsigned first[2], last[2]; /* lines, in the one and in the other, between which these are */
};
struct likeness fingerprints_compare(const struct fingerprints *one, const struct fingerprints *other);

#endif
