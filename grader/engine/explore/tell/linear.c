#include "linear.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "hash.h"
#include "rule.h"

#define NODES_MAX 30000u
#define TABLE 65536u

/* How many events of each thread must come before an event. */
struct needs {
	union clock *of[THREADS_MAX];
};

enum strictness { KEEP_ALL, KEEP_MO, KEEP_RF };

static void need(struct needs *needs, ref r, ref before)
{
	int16_t *c = &needs->of[REF_THREAD(r)][REF_INDEX(r)].c[REF_THREAD(before)];

	if (before != REF_INITIAL && before != r && *c < (int)REF_INDEX(before) + 1)
		*c = (int16_t)(REF_INDEX(before) + 1);
}

static void collect(const struct graph *graph, struct needs *needs, enum strictness strictness)
{
	for (uint32_t t = 0; t < graph->n_threads; t++) {
		memset(needs->of[t], 0, graph->thread[t].n * sizeof(union clock));
		for (uint32_t i = 0; i < graph->thread[t].n; i++) {
			const struct event *event = &graph->thread[t].event[i];
			if ((event->flags & EVENT_READS) != 0 && event->from != REF_INITIAL)
				need(needs, REF(t, i), event->from);
		}
	}
	for (uint32_t l = 0; l < graph->n_locations && strictness != KEEP_RF; l++) {
		const struct graph_location *location = &graph->location[l];
		for (uint32_t i = 1; i < location->writes.n; i++)
			need(needs, location->writes.ref[i], location->writes.ref[i - 1]);
		for (uint32_t i = 0; i < location->reads.n && strictness == KEEP_ALL; i++) {
			ref r = location->reads.ref[i];
			if (event_is_woken(graph_event(graph, r)))
				continue;
			int32_t next = graph_mo(graph, graph_event(graph, r)->from) + 1;
			if (next < (int32_t)location->writes.n && location->writes.ref[next] == r)
				next++;
			if (next < (int32_t)location->writes.n)
				need(needs, location->writes.ref[next], r);
		}
	}
}

struct node {
	uint64_t hash; /* of thread and positions */
	uint32_t parent;
	uint16_t turns; /* how many threads have run, one after the other */
	uint8_t thread;
	union clock position;
};

static bool ready(const struct graph *graph, const struct needs *needs, const struct node *node, uint32_t t)
{
	if (node->position.c[t] >= (int)graph->thread[t].n)
		return false;
	return clock_covers(&node->position, &needs->of[t][node->position.c[t]]);
}

struct space {
	struct node *node;
	uint32_t *table;
	uint32_t n;
};

/* What an event more of a thread adds to the hash. */
static uint64_t weight(uint32_t t)
{
	return hash_mix(t, 3) | 1;
}

static bool is_same(const struct node *a, const struct node *b)
{
	return a->hash == b->hash && a->thread == b->thread &&
	       memcmp(&a->position, &b->position, sizeof a->position) == 0;
}

static void add_node(struct space *space, const struct node *node)
{
	for (uint32_t i = (uint32_t)(hash_mix(node->hash, node->thread) % TABLE);; i = (i + 1) % TABLE) {
		if (space->table[i] == 0) {
			space->table[i] = ++space->n;
			space->node[space->n - 1] = *node;
			return;
		}
		if (is_same(&space->node[space->table[i] - 1], node))
			return;
	}
}

static bool complete(const struct graph *graph, const struct node *node)
{
	for (uint32_t t = 0; t < graph->n_threads; t++) {
		if (node->position.c[t] < (int)graph->thread[t].n)
			return false;
	}
	return true;
}

static void unwind(const struct space *space, uint32_t last, ref *order, uint32_t n, uint32_t *switches)
{
	*switches = 0;
	for (uint32_t at = last; space->node[at].parent != UINT32_MAX; at = space->node[at].parent) {
		const struct node *node = &space->node[at], *parent = &space->node[node->parent];
		uint32_t t = node->thread;
		for (int32_t i = node->position.c[t]; i-- > parent->position.c[t];)
			order[--n] = REF(t, i);
		if (parent->parent != UINT32_MAX)
			++*switches;
	}
}

/* Breadth first over positions; a thread always runs as far as it can, which never hurts: more that has happened only
 * enables more. Where there is none with fewer than `below`, nothing changes. */
static void search(const struct graph *graph, const struct needs *needs, struct space *space, uint32_t below,
		   ref *order, uint32_t n, uint32_t *switches)
{
	struct node first = { .parent = UINT32_MAX, .thread = UINT8_MAX };

	memset(space->table, 0, TABLE * sizeof *space->table);
	space->n = 0;
	add_node(space, &first);
	for (uint32_t at = 0; at < space->n && space->node[at].turns <= below; at++) {
		if (complete(graph, &space->node[at])) {
			unwind(space, at, order, n, switches);
			return;
		}
		for (uint32_t t = 0; t < graph->n_threads && space->n < NODES_MAX; t++) {
			if (space->node[at].thread == t || !ready(graph, needs, &space->node[at], t))
				continue;
			struct node next = space->node[at];
			next.parent = at;
			next.thread = (uint8_t)t;
			next.turns++;
			while (ready(graph, needs, &next, t))
				next.position.c[t]++;
			next.hash += weight(t) * (uint64_t)(next.position.c[t] - space->node[at].position.c[t]);
			add_node(space, &next);
		}
	}
}

/* Where there are too many ways to look for the best: each thread in turn as far as it can go. False: there is no order
 * at all. */
static bool any_order(const struct graph *graph, const struct needs *needs, ref *order, uint32_t all,
		      uint32_t *switches)
{
	struct node node = { .parent = UINT32_MAX };
	uint32_t n = 0;
	bool moved = true;

	*switches = 0;
	while (moved) {
		moved = false;
		for (uint32_t t = 0; t < graph->n_threads; t++) {
			if (!ready(graph, needs, &node, t))
				continue;
			*switches += n > 0;
			moved = true;
			for (; ready(graph, needs, &node, t); node.position.c[t]++)
				order[n++] = REF(t, node.position.c[t]);
		}
	}
	return n == all;
}

/* Whether there is an order at all is soon known; the one with the fewest switches is looked for only then. */
static bool order_so(const struct graph *graph, const struct needs *needs, struct space *space, uint32_t below,
		     ref *order, uint32_t n, uint32_t *switches)
{
	if (!any_order(graph, needs, order, n, switches))
		return false;
	if (below > 0 && *switches > 0)
		search(graph, needs, space, below, order, n, switches);
	return true;
}

bool linear_order(const struct graph *graph, struct linear_limits limits, ref *order, uint32_t *n, uint32_t *switches)
{
	struct needs needs = { 0 };
	struct space space = { .node = alloc(NODES_MAX * sizeof(struct node)),
			       .table = alloc(TABLE * sizeof(uint32_t)) };
	enum strictness strictness;
	bool found = false;

	*n = 0;
	*switches = 0;
	for (uint32_t t = 0; t < graph->n_threads; t++) {
		needs.of[t] = alloc_aligned(32, (graph->thread[t].n + 1) * sizeof(union clock));
		*n += graph->thread[t].n;
	}
	for (strictness = KEEP_ALL; strictness <= KEEP_RF; strictness++) {
		collect(graph, &needs, strictness);
		found = order_so(graph, &needs, &space, strictness == KEEP_ALL ? limits.below : limits.below_weak,
				 order, *n, switches);
		if (found)
			break;
	}
	for (uint32_t t = 0; t < graph->n_threads; t++)
		free(needs.of[t]);
	free(space.node);
	free(space.table);
	return found && strictness == KEEP_ALL;
}

void linear_made(const struct graph *graph, const union clock *prefix, ref *order, uint32_t *n, uint32_t *switches)
{
	uint32_t at[THREADS_MAX] = { 0 }, last = THREADS_MAX;

	*n = *switches = 0;
	for (;;) {
		uint32_t next = THREADS_MAX, stamp = UINT32_MAX;
		for (uint32_t t = 0; t < graph->n_threads; t++) {
			uint32_t all = prefix == NULL ? graph->thread[t].n : (uint32_t)prefix->c[t];
			if (at[t] < all && graph->thread[t].event[at[t]].stamp < stamp) {
				next = t;
				stamp = graph->thread[t].event[at[t]].stamp;
			}
		}
		if (next == THREADS_MAX)
			return;
		*switches += last != THREADS_MAX && last != next;
		last = next;
		order[(*n)++] = REF(next, at[next]++);
	}
}
