/* What the explorer does not look beyond, by name: each that has cut a search is told with the result. */
#ifndef BOUND_NAMES_H
#define BOUND_NAMES_H

#include <stdbool.h>
#include <stdint.h>

enum bound {
	BOUND_EXECUTIONS, /* the budget, in executions or in their work */
	BOUND_EVENTS,     /* steps of one thread in one execution: a loop that is not seen to wait, or a long one */
	BOUND_CANDIDATES, /* writes that one read may read, places for one write */
	BOUND_CYCLES,     /* rounds of a loop that writes and takes it back */
	BOUND_ROUNDS,     /* of a loop that counts them, where nothing changes: the count is not looked at */
	BOUND_TIMEOUTS,   /* times that are over, for one thread in one execution (library) */
	BOUND_MERGED,     /* a part of a location is stored to that is accessed whole elsewhere: as if by a
			     read-modify-write */
	BOUND_VISITS,     /* entries of sections in one execution */
	BOUND_VIOLATIONS, /* every property asked for was violated, often enough to choose among the executions */
	BOUND_STATES,     /* of the search over states */
	BOUND_DEPTH,      /* moves from its beginning */
	BOUND_ENTRIES,    /* entries that are followed where states never repeat */
	BOUND_ARENA,      /* states of the game of bounded waiting */
	BOUND_COUNT
};

/* As results have them: "executions", "rounds". Never NULL for a valid value. */
const char *bound_name(enum bound bound);
bool bound_from_name(const char *name, enum bound *bound);
/* In words, of those whose bits are set, in a list. NULL: none is. The caller owns it. */
char *bounds_text(uint32_t bounds);

#endif
