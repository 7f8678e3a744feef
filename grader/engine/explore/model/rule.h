/* Rules: what an access does to a location, the library's own among them; and the locations that library objects have.
 */
#ifndef RULE_H
#define RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "graph.h"

/* How an action makes the new value from the old one. The library's own wait where the old value does not let them on.
 */
enum rule {
	RULE_LOAD,
	RULE_STORE,
	RULE_ADD,
	RULE_SUB,
	RULE_AND,
	RULE_OR,
	RULE_XOR,
	RULE_NAND,
	RULE_EXCHANGE,
	RULE_COMPARE,        /* if old == expected: operand */
	RULE_AWAIT_EXCHANGE, /* wait until old == expected, then: operand */
	RULE_AWAIT_TAKE,     /* wait until old > 0, then: old - operand */
	RULE_AWAIT_CLEAR,    /* wait until (old & operand) == 0, change nothing */
	RULE_AWAIT_LEAST,    /* wait until old >= operand, change nothing */
	RULE_AWAIT_SHARE,    /* wait until no writer (bit `expected`) is there, then: old + operand */
	RULE_TAKE,           /* if old > 0: old - operand */
	RULE_ENQUEUE,        /* old | operand, if what the event before has read may still be read (futexes) */
	RULE_WAKE,  /* clear all bits, if they are `operand` or fewer; if `expected`, write also what does not change */
	RULE_SHARE, /* if no writer (bit `expected`): old + operand */
	RULE_COUNT
};

/* What becomes of an action that sees `old`. */
enum outcome { OUTCOME_READ, OUTCOME_WRITE, OUTCOME_BLOCK };
enum outcome rule_apply(const struct event_rule *rule, uint64_t old, uint64_t *new);
bool rule_awaits(const struct event_rule *rule); /* it waits until it may */
static inline bool rule_reads(const struct event_rule *rule)
{
	return rule->rule != RULE_STORE || rule->part != 0;
}

/* It writes, or may write. */
static inline bool rule_writes(const struct event_rule *rule)
{
	return rule->rule != RULE_LOAD && rule->rule != RULE_AWAIT_CLEAR && rule->rule != RULE_AWAIT_LEAST;
}

/* A sleep that has ended: it reads the write that has ended it, and says nothing of later ones, which need not come
 * after it (model/README.md). */
static inline bool event_is_woken(const struct event *event)
{
	return event->rule.rule == RULE_AWAIT_CLEAR && (event->flags & (EVENT_READS | EVENT_BLOCKED)) == EVENT_READS;
}

static inline uint64_t rule_mask(unsigned bytes)
{
	return bytes >= 8 ? UINT64_MAX : (UINT64_C(1) << 8 * bytes) - 1;
}

/* The part of a location's value that the action sees. */
static inline uint64_t rule_value(const struct event_rule *rule, uint64_t whole)
{
	return rule->part == 0 ? whole : whole >> rule->shift & rule_mask(rule->part);
}

/* Synthetic locations of library objects: a key next to the object's address. */
enum key {
	KEY_VALUE = 8,   /* a lock's owner, a semaphore's count, … */
	KEY_WAITERS = 9, /* bit mask of waiting threads */
	KEY_EXTRA = 10,
	KEY_GATE = 11,
	KEY_SHARED = 12, /* whether it is for more than one process */
};
#define KEY(address, key) ((uint64_t)(uintptr_t)(address) | (uint64_t)(key) << 60)
#define KEY_OF(address) ((unsigned)((address) >> 60))
#define KEY_ADDRESS(address) ((address) & ((UINT64_C(1) << 60) - 1))

#endif
