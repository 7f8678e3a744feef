/* The search over states, under sequential consistency: what goes on for ever. Livelock, bounded waiting, busy waiting.
 * Explicit states (registers and stacks, memory, heap, the library's objects), recognized by a hash; reached again by
 * executing the path that led there. */
#ifndef STATEFUL_H
#define STATEFUL_H

#include "machine.h"

/* How a thread waits for another that is inside: from what costs nobody anything to what costs most. */
enum wait_kind {
	WAIT_UNKNOWN, /* none was seen to wait */
	WAIT_BLOCKS,  /* it takes no steps until it is woken */
	WAIT_SLEEPS,  /* it looks again and again, and sleeps in between */
	WAIT_YIELDS,  /* the same, giving the processor up in between */
	WAIT_SPINS    /* the same, without a pause */
};

struct stateful_wait {
	enum wait_kind kind;
	uint32_t steps;  /* a loop: of one round, 0: it never comes to where it was. WAIT_BLOCKS: the most before it */
	uint32_t thread; /* that was seen to */
	uint32_t state;  /* where */
	struct wire_place place; /* a loop: a step of it */
};

struct states;

struct stateful_result {
	bool complete;  /* all states have been seen, and no way was cut short */
	bool cut;       /* not all states have been seen */
	bool found;     /* some way is cut short by a violation of another property */
	bool counts;    /* loops count, and that was left out of the states */
	bool unsettled; /* some thread with a request, let run alone, was not seen to wait, nor to get in; or it is
			 * passed over where counters are left out, and not when that was executed */
	bool entered;   /* somebody gets in, in some state */
	enum surprises_seen surprises;
	uint32_t states;
	uint32_t bounds;  /* that cut the search, as bits */
	uint32_t entries; /* no more entries than these were followed; 0: no limit */
	bool livelock;
	bool starves; /* more bypasses than the bound */
	bool endless; /* a cycle of them */
	int32_t max_bypass;
	uint32_t victim;
	bool spins;                                       /* some wait is a loop */
	struct stateful_wait wait[TRIAL_OPERATION_COUNT]; /* of each of the plugin's operations */
	enum trial_operation worst;                       /* the one whose wait costs most */
};

/* Explores, and judges. */
void stateful_run(struct states *sf, struct stateful_result *result);
struct states *stateful_new(void);
/* From now on no step is taken along with another: for tests that compare. */
void stateful_step_by_step(struct states *sf);
void stateful_free(struct states *sf);
/* Why a schedule does not fit. */
const char *stateful_misfit(const struct states *sf);

/* Follows the path that a schedule says, and judges by what it goes through. False: it does not fit (sf->misfit). The
 * path is then the story of whatever it shows. */
bool stateful_follow(struct states *sf, const struct schedule *schedule, struct stateful_result *result);
/* Makes that path the story again, after a search. */
void stateful_take_path(struct states *sf, const struct schedule *schedule);

enum stateful_story { STORY_LIVELOCK, STORY_STARVES, STORY_SPINS };
/* Tells how it comes to what was found. Returns the number of steps; [*begin, *end) is the cycle. */
uint32_t stateful_tell(struct states *sf, enum stateful_story story, struct explore_step *steps, uint32_t most,
		       uint32_t *begin, uint32_t *end, char *schedule, size_t schedule_size);

/* While it runs: the first in the queue for a library object, among those in the mask. Asked on a fiber. */
uint64_t stateful_first(const void *context, uint64_t key, uint64_t mask);

#endif
