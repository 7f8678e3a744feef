/* Execution graphs: events of each thread in program order, which write each read reads (rf), and the order of the
 * writes to each location (mo). RC11: Lahav, Vafeiadis, Kang, Hur, Dreyer, PLDI 2017. */
#ifndef GRAPH_H
#define GRAPH_H

#include <emmintrin.h>
#include <stdbool.h>
#include <stdint.h>

#define THREADS_MAX 32u
#define EVENTS_MAX 6000u /* per thread */

/* A vector clock: c[t] = n: the first n events of thread t come before. */
union clock {
	int16_t c[THREADS_MAX];
	__m128i v[THREADS_MAX / 8];
};

static inline void clock_join(union clock *a, const union clock *b)
{
	for (uint32_t i = 0; i < THREADS_MAX / 8; i++)
		a->v[i] = _mm_max_epi16(a->v[i], b->v[i]);
}

/* Whether all that b says comes before does so by a, too. */
static inline bool clock_covers(const union clock *a, const union clock *b)
{
	__m128i more = _mm_setzero_si128();

	for (uint32_t i = 0; i < THREADS_MAX / 8; i++)
		more = _mm_or_si128(more, _mm_cmpgt_epi16(b->v[i], a->v[i]));
	return _mm_movemask_epi8(more) == 0;
}

/* The first n events of thread t come before, at least. As vectors are written and read: what is read in one piece
 * after it has been written in smaller ones keeps the processor waiting. */
static inline void clock_tick(union clock *clock, uint32_t t, uint32_t n)
{
	__m128i lane = _mm_cmpeq_epi16(_mm_set1_epi16((int16_t)(t % 8)), _mm_setr_epi16(0, 1, 2, 3, 4, 5, 6, 7));
	__m128i own = _mm_and_si128(lane, _mm_set1_epi16((int16_t)n));

	clock->v[t / 8] = _mm_max_epi16(clock->v[t / 8], own);
}

/* An event, as thread << 16 | index; the store that was there before all threads has a name of its own. */
typedef uint32_t ref;
#define REF_INITIAL UINT32_MAX
#define REF(thread, index) ((ref)(thread) << 16 | (ref)(index))
#define REF_THREAD(r) ((r) >> 16)
#define REF_INDEX(r) ((r)&0xffff)

#define NO_LOCATION UINT32_MAX

enum event_flags {
	EVENT_READS = 1u << 0,
	EVENT_RMW = 1u << 1,    /* read-modify-write operation (or compare-exchange): it reads, and may write */
	EVENT_WRITES = 1u << 2, /* its write is in the graph */
	EVENT_FENCE = 1u << 3,
	EVENT_CHOICE = 1u << 4,
	EVENT_DEMOTED =
	    1u << 5, /* a read-modify-write operation that changed nothing, in a loop that waits: only reads */
	EVENT_BLOCKED = 1u << 6, /* a library call that waits: what it read does not let it go on */
	EVENT_PLAIN = 1u << 7,   /* not atomic */
	EVENT_LIBRARY = 1u << 8,
	EVENT_PENDING = 1u << 9, /* plain write: its value shows when the thread runs on */
	EVENT_SC = 1u << 10,     /* seq_cst access or fence */
	EVENT_ACQUIRE = 1u << 11,
	EVENT_RELEASE = 1u << 12,
	EVENT_RUNOUT =
	    1u << 13, /* a choice: whether a loop that counts is left when nothing changes (execution/loops.h) */
	EVENT_COUNTS = 1u << 14,   /* a write of such a loop that counts its rounds */
	EVENT_SURPRISE = 1u << 15, /* a choice that is a surprise if it is not 0 */
};

/* How an event makes the new value from the old one (rule.h, enum rule). */
struct event_rule {
	uint64_t operand, expected;
	uint8_t rule, order, failure_order; /* __ATOMIC_… */
	uint8_t shift, part;                /* the part of a wider location that is meant: bits, bytes; part 0: all */
	uint8_t size, library, plain;
};

struct event {
	uint32_t flags;
	uint32_t location; /* index, NO_LOCATION: none */
	ref from;          /* reads: the write it reads */
	int32_t mo;        /* writes: position among the location's writes, 0 is the first after the initial one */
	uint32_t stamp;    /* when it was added */
	uint32_t write_stamp;
	uint16_t hook; /* enum hook */
	uint16_t choices;
	/* Its thread's accesses to the same location: 1 + index of the one before, and of one far before; how many
	 * there are; 0: none. */
	uint16_t before, jump, nth;
	uint16_t operation;    /* which call of the plugin, counted per thread */
	uint32_t plain_writes; /* of this thread, off its stack, before this event */
	uint64_t read_value, write_value;
	struct event_rule rule;
	uint64_t state; /* hash of the thread's registers and stack before it; 0: unknown */
	uint64_t pc;
	union clock hb, porf, message;
};

_Static_assert(sizeof(struct event) == 288, "graphs are copied all the time");

struct refs {
	uint32_t n, capacity;
	ref *ref;
};

struct graph_location {
	struct refs writes; /* in mo */
	struct refs reads;  /* in the order of addition */
	/* 1 + index of each thread's last access, and of its last write that releases; 0: none */
	uint16_t last[THREADS_MAX], released[THREADS_MAX];
};

struct graph_thread {
	struct event *event;
	uint32_t n, capacity;
};

/* A call of the library, by whose read it was to go on, has been made to wait by a write that came between
 * (search/README.md). */
struct displacement {
	ref read, by;
	uint32_t stamp; /* of the read, before */
	uint32_t until; /* the stamp of what was there then: what comes of reading writes up to it is known */
};

struct displacements {
	uint32_t n, capacity;
	struct displacement *at;
};

struct model;

struct graph {
	struct model *model;
	uint32_t stamp; /* of the event added last */
	uint32_t n_threads, n_locations, capacity_locations;
	uint32_t n_sc; /* no fewer than its SC events */
	bool mixed;    /* SC events and others, or fences: the cheap check does not suffice */
	struct graph_thread thread[THREADS_MAX];
	struct graph_location *location;
	struct displacements displaced;
};

void graph_init(struct graph *graph, struct model *model, uint32_t n_threads);
void graph_fini(struct graph *graph);
/* An empty graph again; keeps its memory. */
void graph_clear(struct graph *graph);
void graph_copy(struct graph *to, const struct graph *from);

/* Appends an event to a thread; zeroed, but for its stamp. */
struct event *graph_add(struct graph *graph, uint32_t thread);
/* Makes location `index` (and those before it) exist. */
void graph_need_location(struct graph *graph, uint32_t index);
/* The event accesses its location; to be called once it has one. */
void graph_note_access(struct graph *graph, ref r);
/* 1 + index of thread t's last access to the location among its first n events; 0: none. Takes log n steps. */
uint32_t graph_last_access(const struct graph *graph, uint32_t location, uint32_t t, int32_t n);
void graph_add_read(struct graph *graph, ref r);
/* Takes back the last event of a thread, a read that has been added last of all. */
void graph_drop_read(struct graph *graph, uint32_t thread);
/* Takes back read r, the last event of its thread, for now: write `by` has made it wait. */
void graph_displace(struct graph *graph, ref r, ref by);
/* The stamp up to which writes are no news for r; 0: it has not been displaced. */
uint32_t graph_displaced(const struct graph *graph, ref r);
/* Whether write w has displaced a read. */
bool graph_displaces(const struct graph *graph, ref w);
/* Puts event r's write at position `mo`, or takes it away. */
void graph_place(struct graph *graph, ref r, int32_t mo);
void graph_unplace(struct graph *graph, ref r);
/* The last event of thread t that writes to the location and releases; NULL: none. */
const struct event *graph_released(struct graph *graph, uint32_t location, uint32_t t);
/* Forgets all that was added after `stamp`. */
void graph_cut(struct graph *graph, uint32_t stamp);
/* Keeps what was added up to `stamp`, and what `prefix` says. */
void graph_restrict(struct graph *graph, uint32_t stamp, const union clock *prefix);

static inline struct event *graph_event(const struct graph *graph, ref r)
{
	return &graph->thread[REF_THREAD(r)].event[REF_INDEX(r)];
}

/* The event writes, and not what was there. */
static inline bool event_changes(const struct event *event)
{
	return (event->flags & EVENT_WRITES) != 0 &&
	       ((event->flags & EVENT_RMW) == 0 || event->write_value != event->read_value);
}

/* Position of a write in its location's modification order; the initial one has -1. */
static inline int32_t graph_mo(const struct graph *graph, ref r)
{
	return r == REF_INITIAL ? -1 : graph_event(graph, r)->mo;
}

static inline bool clock_has(const union clock *clock, ref r)
{
	return clock->c[REF_THREAD(r)] > (int)REF_INDEX(r);
}

#endif
