/* Findings: what an execution shows. Whoever sees something says so here, and goes on; who collects them is the sink.
 */
#ifndef FINDINGS_H
#define FINDINGS_H

#include <stdint.h>

#include "graph.h"
#include "shadow.h"
#include "wire_explore.h"

/* What explains the execution's violation. */
struct blame {
	enum explore_blame kind;
	uint64_t address, pc;
	unsigned weight; /* how much it explains */
};

struct finding {
	uint32_t property, thread;
	uint32_t rank;         /* 0 is told rather than 1 */
	const uint32_t *marks; /* no more of each thread's are shown; NULL: show all */
	const char *message;
	const struct race_place *places;
	unsigned n_places;
	/* What of the execution shows it: this much, and then these threads go on. NULL: all of it. */
	const union clock *prefix;
	uint32_t n_last;
	uint8_t last[THREADS_MAX];
};

struct findings_sink {
	void (*note)(void *context, const struct finding *finding);
};

/* Notes a violation by the execution as it is now. */
void finding(uint32_t property, uint32_t thread, const char *message);
/* The same, of what is left when all is over: told where nothing else of the property is. */
void finding_of_the_end(uint32_t property, const char *message);
/* The same, of what two threads do that need not be ordered: `other` did its part there. */
void finding_of_two(uint32_t property, uint32_t thread, const struct race_place *other, const char *message);
void finding_of_race(const struct race_place *one, const struct race_place *other);
/* The same of a part of the execution: what is before `prefix`, and no more of each thread's marks than `marks`. */
void finding_within(uint32_t property, uint32_t thread, const union clock *prefix, const uint32_t *marks, uint32_t rank,
		    const char *message);
/* The execution ends by what was noted: nothing after it means anything. */
void finding_over(void);
/* A violation after which it does. */
void finding_ends(uint32_t property, uint32_t thread, const char *message);

#endif
