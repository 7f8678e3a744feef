#include "states.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"

static void add_arc(struct states *sf, enum stateful_story story, const struct arcs *arcs, uint32_t arc)
{
	uint32_t from = 0, end = arcs->n_nodes;

	/* Whose arc it is: the last node that begins at or before it. */
	while (end - from > 1) {
		uint32_t middle = from + (end - from) / 2;
		if (arcs->first[middle] <= arc)
			from = middle;
		else
			end = middle;
	}
	story_add_move(sf, story, from, arcs->arc[arc].move);
}

/* Appends the shortest way, within a component, from `from` to a state out of which thread t steps inside it, and that
 * step (t == NOWHERE: to the state `goal`). Returns where it ends. */
static uint32_t story_walk(struct states *sf, enum stateful_story story, const struct arcs *arcs,
			   const uint32_t *component, uint32_t from, uint32_t t, uint32_t goal)
{
	uint32_t *via = alloc(sf->n * 4), *back = alloc(sf->n * 4), *queue = alloc(sf->n * 4);
	uint32_t head = 0, tail = 0, last = NOWHERE, at = NOWHERE, n = 0;

	memset(via, 0xff, sf->n * 4);
	memset(back, 0xff, sf->n * 4);
	queue[tail++] = from;
	while (head < tail && at == NOWHERE) {
		uint32_t v = queue[head++];
		if (t == NOWHERE && v == goal)
			at = v;
		for (uint32_t a = arcs->first[v]; a < arcs->first[v + 1] && at == NOWHERE; a++) {
			uint32_t w = arcs->arc[a].to;
			if (component[w] != component[from])
				continue;
			if (arcs->arc[a].thread == t) {
				at = v;
				last = a;
			} else if (w != from && via[w] == NOWHERE) {
				via[w] = a;
				back[w] = v;
				queue[tail++] = w;
			}
		}
	}
	if (at != NOWHERE) {
		for (uint32_t v = at; v != from; v = back[v])
			queue[n++] = via[v];
		while (n-- > 0)
			add_arc(sf, story, arcs, queue[n]);
		if (last != NOWHERE)
			add_arc(sf, story, arcs, last);
	}
	uint32_t end = last != NOWHERE ? arcs->arc[last].to : at != NOWHERE ? at : from;
	free(via);
	free(back);
	free(queue);
	return end;
}

/* A cycle in which nobody enters, though each thread that is not done takes steps in it, or is blocked, and not just
 * until its time is over. */
void livelock_judge(struct states *sf, struct stateful_result *result)
{
	struct arcs arcs = { .first = alloc((sf->n + 1) * 4), .n_nodes = sf->n };
	uint32_t *component = alloc(sf->n * 4);

	for (uint32_t i = 0; i < sf->n; i++) {
		arcs.first[i] = arcs.n_arcs;
		for (uint32_t m = 0; m < machine->n_threads * ALTERNATIVES; m++) {
			if (sf->state[i].next[m] != NOWHERE && sf->state[i].entered[m] == 0)
				arcs_add(&arcs, (struct arc){ .to = sf->state[i].next[m],
							      .thread = (uint16_t)(m / ALTERNATIVES),
							      .move = (uint16_t)m });
		}
	}
	arcs.first[sf->n] = arcs.n_arcs;
	uint32_t n = arcs_components(&arcs, component);
	uint16_t *steps = alloc_zeroed(n, sizeof *steps), *blocked = alloc_zeroed(n, sizeof *blocked);
	uint32_t *size = alloc_zeroed(n, 4);
	for (uint32_t i = 0; i < sf->n; i++) {
		size[component[i]]++;
		blocked[component[i]] |= (uint16_t) ~(sf->state[i].enabled | sf->state[i].timed);
		for (uint32_t a = arcs.first[i]; a < arcs.first[i + 1]; a++) {
			if (component[arcs.arc[a].to] == component[i])
				steps[component[i]] |= (uint16_t)(1u << arcs.arc[a].thread);
		}
	}
	uint16_t all = (uint16_t)((1u << machine->n_threads) - 1);
	for (uint32_t i = 0; i < sf->n && !result->livelock; i++) {
		uint32_t c = component[i];
		if (sf->state[i].done == all || steps[c] == 0 || sf->state[i].enabled == 0 ||
		    ((steps[c] | blocked[c]) & all) != all)
			continue;
		uint32_t at = i;
		result->livelock = true;
		story_state(sf, STORY_LIVELOCK, i);
		for (uint32_t t = 0; t < machine->n_threads; t++) {
			if ((steps[c] & 1u << t) != 0)
				at = story_walk(sf, STORY_LIVELOCK, &arcs, component, at, t, NOWHERE);
		}
		story_walk(sf, STORY_LIVELOCK, &arcs, component, at, NOWHERE, i);
	}
	free(arcs.first);
	free(arcs.arc);
	free(component);
	free(steps);
	free(blocked);
	free(size);
}
