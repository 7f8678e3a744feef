/* What the parts of the search over states share. */
#ifndef STATES_H
#define STATES_H

#include "stateful.h"
#include "telling.h"
#include "touched.h"

#define STATES_MAX 250000u
#define STATES_DEFAULT 50000u
/* Of the machine: a budget that no clock has a part in. For each state, to get there again for each of its moves. */
#define STEPS_PER_STATE 1500u
#define STEPS_MAX 100000000u
#define STEPS_FEW 1000000u
#define BEYOND_STEPS 1u     /* times those before */
#define STATES_FIRST 12000u /* how many are followed before loops that count are looked for */
#define BEYOND_MIN 1000u /* more states than these, and than there are already, are not followed beyond the entries */
#define DEPTH_MAX 4000u
#define BUILD_DEPTH_MAX 400u /* moves from the beginning; an endless chain of new states is cut there */
#define ALTERNATIVES 3u
#define STATES_THREADS_MAX 16u /* of more threads no states are built: BOUND_STATES */
#define MOVES (STATES_THREADS_MAX * ALTERNATIVES)
#define ALONE_MAX 3000u
#define QUEUE_MAX 64u
#define NOWHERE UINT32_MAX

_Static_assert(STATES_THREADS_MAX <= TOLD_THREADS_MAX, "each has room");

struct state {
	uint64_t hash;
	uint32_t parent, depth;
	uint32_t n_entries;           /* on the way here */
	uint16_t thread, alternative; /* the move that led here from the parent */
	uint16_t enabled, requesting, inside, done, spinning;
	uint16_t timed;  /* waits in the library, and not for ever: its time will be over */
	bool ahead;      /* what follows has not been looked at */
	uint64_t pc;     /* of the next step of `thread` */
	uint16_t midway; /* in a call of the plugin, and beyond its first step */
	uint16_t quiet;  /* between two of the plugin's operations, or asleep in one */
	uint8_t choices[STATES_THREADS_MAX];
	uint8_t operation[STATES_THREADS_MAX]; /* enum trial_operation that the thread is inside */
	uint8_t begun[STATES_THREADS_MAX];     /* steps that nobody has seen, with which it has begun that */
	uint32_t next[MOVES];
	uint16_t entered[MOVES]; /* who enters in that move */
	uint8_t pauses[MOVES];   /* enum pause: what the thread does in it, besides */
	uint8_t length[MOVES];   /* steps: the first, and those that are taken along with it (merge.c) */
};

enum pause { PAUSE_YIELD = 1, PAUSE_SLEEP = 2, PAUSE_RETURN = 4 /* one of the plugin's operations has returned */ };

/* Something that a loop counts: a word of the stack of who is about to take that step, with so many words on its stack;
 * or, size not 0, in memory. */
#define COUNTERS_MAX 64u
struct counter {
	uint64_t pc, address;
	uint32_t depth, word, size, reserved;
};

/* What is not taken along with the step before it: accesses to a word that race, and what is about to enter. */
#define APART_MAX 64u
#define ACCESSES_APART_MAX 32u
#define SEGMENT_MAX 200u /* steps that are taken along with one */

/* Words that are read by atomic loads which are taken along, and words that are written. One that is both is kept
 * apart. Where the table is full, loads of others are not taken along. */
#define WORDS_SEEN_MAX 1024u
struct words_seen {
	uint32_t n;
	uint64_t word[2 * WORDS_SEEN_MAX]; /* addresses / 8, by open addressing; 0: none */
	bool written[2 * WORDS_SEEN_MAX];
};

struct apart {
	bool merges; /* some steps are taken along */
	bool loads;  /* so are atomic loads of what nobody writes */
	bool again;  /* the steps have been compared before, when they were first taken */
	bool grown;  /* there is more to be kept apart: the states have to be built anew */
	uint32_t n_words, n_accesses;
	uint64_t word[APART_MAX];   /* addresses / 8 */
	uint64_t access[APART_MAX]; /* by code and address; where those are many, by code */
	struct words_seen seen;
	/* Of each thread. Where there is no room, nothing is taken along any more. */
	struct touched touched[STATES_THREADS_MAX];
};

struct states {
	char misfit[WIRE_TEXT_MAX]; /* why the schedule that was asked for does not fit */
	struct state *state;
	uint32_t n, n_expanded;
	uint32_t *table;
	bool cut;
	struct bounds bounds; /* by which */
	bool found;           /* some way is cut short by a violation */
	bool unsettled;       /* some thread, let run alone, was not seen to wait, nor to get in */
	struct counter counter[COUNTERS_MAX];
	uint32_t n_counters;
	struct apart apart;
	bool step_by_step;                /* nothing is ever taken along */
	bool surprises;                   /* are followed */
	bool left_out;                    /* some were not */
	uint32_t most;                    /* states */
	uint64_t steps_begun, steps_most; /* of the machine: when the states were begun anew, when it is enough */
	uint32_t entries;                 /* of all threads together that are to be followed; 0: no limit */
	bool beyond;                      /* all of those have been, and there is more */
	/* of the execution that runs now */
	uint16_t requesting, inside, midway, entered;
	uint8_t pauses, begun[STATES_THREADS_MAX];
	uint32_t n_entries;
	/* who waits for library objects, first come first */
	struct {
		uint64_t key;
		uint32_t thread;
	} queue[QUEUE_MAX];
	uint32_t n_queue;
	/* stories */
	uint32_t story_path[3][DEPTH_MAX], story_n[3], story_cycle[3];
	struct telling told;
};

#define TABLE (STATES_MAX * 4)

struct arc {
	uint32_t to;
	uint8_t weight; /* a bypass */
	uint8_t alone;  /* not one step of the thread, but all until it waits */
	uint16_t thread, move;
};

struct arcs {
	uint32_t *first; /* of each node; one more at the end */
	struct arc *arc;
	uint32_t n_nodes, n_arcs, capacity;
};

/* What a thread does that is let run alone. */
struct alone {
	uint16_t entered; /* in the last move */
	bool spins;       /* it goes round a loop, or further than is followed */
	uint32_t steps;
	uint32_t round; /* a loop: steps of one round; 0: it does not come back to where it was */
	uint8_t pauses; /* a loop: in one round */
	bool returned;  /* from one of the plugin's operations, in any move */
	bool ahead;     /* it leads where nobody has looked */
};

/* ---- run.c: one execution ---- */

void queue_drop(struct states *sf, uint64_t key, uint32_t thread);
void queue_add(struct states *sf, uint64_t key, uint32_t thread);
/* Whether the thread's pending action would let it on; if not, it takes its place in line. */
bool states_enabled(struct states *sf, struct run_thread *thread);
/* One step of a thread, and on to its next action. */
void states_move(struct states *sf, uint32_t t, uint32_t alternative);
/* Of how many alternatives the thread's pending action may take one. */
uint32_t states_choices(struct states *sf, const struct action *action);
void states_start(struct states *sf);
void states_stop(void);
uint64_t states_hash(struct states *sf);

/* ---- merge.c: steps that are taken along with the one before ---- */

void merge_begin(struct apart *apart, bool merges, bool loads);
/* An execution begins. */
void merge_start(struct apart *apart);
/* Whether the thread's pending step is seen by no other thread. */
bool merge_is_silent(const struct apart *apart, const struct run_thread *thread);
/* One step of a thread; whether the next is to be taken along with it; and that. */
void merge_step(struct states *sf, uint32_t t, uint32_t alternative);
bool merge_goes_on(const struct states *sf, uint32_t t);
void merge_along(struct states *sf, uint32_t t);
/* What the threads have touched, whatever the order: states that differ in it are told apart. */
uint64_t merge_hash(const struct apart *apart);
/* One step of a thread, and with it what follows that no other thread sees. Returns how many it has taken. */
uint32_t merge_move(struct states *sf, uint32_t t, uint32_t alternative);

/* ---- stateful.c ---- */

/* Around whatever goes through states. */
void stateful_begin(struct states *sf);
void stateful_end(void);
/* Where counters have been left out of the states: what the stories say is executed many times as it stands. */
void stateful_check_stories(struct states *sf, struct stateful_result *result);

/* ---- graph.c: the states ---- */

/* The state as it is now; adds it. */
uint32_t states_note(struct states *sf, uint32_t parent, uint32_t thread, uint32_t alternative);

void states_go_to(struct states *sf, uint32_t index);
/* Forgets all states, and takes the first. */
void states_begin(struct states *sf);
/* Looks what follows from each state, until there are so many; false: it has come to that. To be called again then. */
bool states_build(struct states *sf, uint32_t pause);

/* ---- arcs.c ---- */

void arcs_add(struct arcs *arcs, struct arc arc);
/* Strongly connected components (Tarjan 1972), without recursion: component[i] of each node, numbered in reverse
 * topological order. Returns how many. */
uint32_t arcs_components(const struct arcs *arcs, uint32_t *component);

/* ---- alone.c ---- */

/* Who must be let run: has a request, or is in the midst of a call. */
bool is_engaged(const struct state *state, uint32_t t);
/* Lets a thread run alone until it waits (blocked, or round a loop that changes nothing) or enters, or where it asks
 * for nothing, until the call is over that it is in. Returns where that is; NOWHERE: unknown. Each step goes to `path`,
 * if that is not NULL. */
uint32_t run_alone(struct states *sf, uint32_t from, uint32_t t, struct alone *alone, uint32_t *path);

/* ---- counters.c ---- */

/* Looks for loops that count, in the states as they are; false: there are none. */
bool counters_find(struct states *sf);
/* Sets what they count to 0, and back again. */
struct counted {
	uint64_t value[COUNTERS_MAX * STATES_THREADS_MAX];
};
void counters_hide(struct states *sf, struct counted *kept);
void counters_show(struct states *sf, struct counted *kept);
/* Whether a counter lies in memory at this address. */
bool counters_has(struct states *sf, uint64_t address);

/* ---- game.c, waits.c, livelock.c ---- */

void game_judge(struct states *sf, struct stateful_result *result);
void waits_judge(struct states *sf, struct stateful_result *result);
void livelock_judge(struct states *sf, struct stateful_result *result);

/* ---- story.c ---- */

void story_add_step(struct states *sf, enum stateful_story story, uint32_t m);
/* A move, from a state on: all its steps. */
void story_add_move(struct states *sf, enum stateful_story story, uint32_t state, uint32_t m);
void story_state(struct states *sf, enum stateful_story story, uint32_t index);
/* Executes the story, and its cycle so many times more: whether each thread takes the same steps in each round, and the
 * same threads enter. */
bool story_holds(struct states *sf, enum stateful_story story, uint32_t times);

#endif
