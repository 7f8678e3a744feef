#include "states.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "hash.h"

/* A state of the game against a victim: who has been let run since the last entry, and whether the victim is seen to
 * wait. */
struct game {
	uint32_t state;
	uint16_t served;
	bool waiting;
};

struct arena {
	struct game *game;
	uint32_t n, capacity, *table, table_size;
	uint32_t *parent, *parent_arc;
	struct arcs arcs;
};

static uint32_t arena_find(struct arena *arena, struct game game, uint32_t parent)
{
	uint64_t h = hash_mix(game.state, (uint64_t)game.served << 1 | game.waiting);

	for (uint32_t i = (uint32_t)(h % arena->table_size);; i = (i + 1) % arena->table_size) {
		if (arena->table[i] == 0) {
			if (arena->n == arena->capacity)
				return NOWHERE;
			arena->game[arena->n] = game;
			arena->parent[arena->n] = parent;
			arena->parent_arc[arena->n] = arena->arcs.n_arcs;
			arena->table[i] = ++arena->n;
			return arena->n - 1;
		}
		const struct game *old = &arena->game[arena->table[i] - 1];
		if (old->state == game.state && old->served == game.served && old->waiting == game.waiting)
			return arena->table[i] - 1;
	}
}

/* Adds what follows from `from` when thread t has moved to `state`, entering if `entered`. */
static void play(struct states *sf, struct arena *arena, uint32_t from, uint32_t victim, uint32_t t, uint32_t state,
		 uint16_t entered, bool alone)
{
	struct game game = arena->game[from];
	const struct state *before = &sf->state[game.state], *after = &sf->state[state];
	/* Who must have been run: who waits, and also who has left and is still giving the lock back. */
	uint16_t others =
	    (uint16_t)((before->requesting | before->midway) & ~(before->inside | before->done | entered));
	uint8_t weight = 0;

	if (alone)
		game.served |= (uint16_t)(1u << t);
	if (entered != 0) {
		weight = game.waiting && (entered & 1u << victim) == 0 && (others & ~game.served) == 0;
		game.served = 0;
	}
	/* That the victim was run before it made its request says nothing of how it waits now. */
	bool asks = (~before->requesting & after->requesting & 1u << victim) != 0;
	if (asks && !(alone && t == victim))
		game.served &= (uint16_t)~(1u << victim);
	/* Who is blocked waits, and needs no running. */
	if (after->enabled != 0)
		game.served |= (uint16_t)(~(after->enabled | after->done));
	game.waiting = (after->requesting & 1u << victim) != 0 && (game.waiting || (game.served & 1u << victim) != 0);
	if ((entered & 1u << victim) != 0)
		game.waiting = false;
	game.state = state;
	uint32_t to = arena_find(arena, game, from);
	if (to == NOWHERE) {
		sf->cut = true;
		bound_reached(&sf->bounds, BOUND_ARENA);
		return;
	}
	arcs_add(&arena->arcs, (struct arc){ .to = to, .weight = weight, .alone = alone, .thread = (uint16_t)t });
}

static void play_all(struct states *sf, struct arena *arena, uint32_t victim)
{
	struct game first = { .state = 0 };

	arena_find(arena, first, NOWHERE);
	for (uint32_t i = 0; i < arena->n; i++) {
		const struct state *state = &sf->state[arena->game[i].state];
		arena->arcs.first[i] = arena->arcs.n_arcs;
		if (state->ahead)
			continue;
		for (uint32_t t = 0; t < machine->n_threads; t++) {
			for (uint32_t k = 0; k < ALTERNATIVES; k++) {
				uint32_t next = state->next[t * ALTERNATIVES + k];
				if (next != NOWHERE)
					play(sf, arena, i, victim, t, next, state->entered[t * ALTERNATIVES + k],
					     false);
			}
			struct alone alone;
			if ((state->inside & 1u << t) != 0 || (state->enabled & 1u << t) == 0)
				continue;
			uint32_t next = run_alone(sf, arena->game[i].state, t, &alone, NULL);
			if (next != NOWHERE)
				play(sf, arena, i, victim, t, next, alone.entered, true);
			else
				sf->unsettled |= is_engaged(state, t) && !alone.ahead;
		}
	}
	arena->arcs.first[arena->n] = arena->arcs.n_arcs;
	arena->arcs.n_nodes = arena->n;
}

static bool counts(const struct arena *arena, uint32_t from, const struct arc *arc)
{
	return arena->game[from].waiting && arena->game[arc->to].waiting;
}

/* The moves of an arc, appended to a story. */
static void story_add_arc(struct states *sf, enum stateful_story story, const struct arena *arena, uint32_t from,
			  const struct arc *arc)
{
	uint32_t at = arena->game[from].state;

	if (arc->alone) {
		struct alone alone;
		static uint32_t moves[ALONE_MAX];
		run_alone(sf, at, arc->thread, &alone, moves);
		for (uint32_t i = 0; i < alone.steps; i++)
			story_add_step(sf, story, moves[i]);
		return;
	}
	for (uint32_t k = 0; k < ALTERNATIVES; k++) {
		if (sf->state[at].next[arc->thread * ALTERNATIVES + k] == arena->game[arc->to].state) {
			story_add_move(sf, story, at, arc->thread * ALTERNATIVES + k);
			return;
		}
	}
}

static void story_to(struct states *sf, enum stateful_story story, const struct arena *arena, uint32_t node)
{
	static uint32_t way[DEPTH_MAX];
	uint32_t n = 0;

	for (uint32_t at = node; arena->parent[at] != NOWHERE && n < DEPTH_MAX; at = arena->parent[at])
		way[n++] = at;
	while (n-- > 0)
		story_add_arc(sf, story, arena, arena->parent[way[n]], &arena->arcs.arc[arena->parent_arc[way[n]]]);
}

/* A way from the arc's end back to its beginning, within a component: breadth first. */
static void story_cycle(struct states *sf, enum stateful_story story, const struct arena *arena, uint32_t from,
			uint32_t arc, const uint32_t *component)
{
	uint32_t *via = alloc(arena->n * 4), *back = alloc(arena->n * 4), *queue = alloc(arena->n * 4);
	uint32_t head = 0, tail = 0, begin = arena->arcs.arc[arc].to;

	memset(via, 0xff, arena->n * 4);
	story_add_arc(sf, story, arena, from, &arena->arcs.arc[arc]);
	queue[tail++] = begin;
	back[begin] = NOWHERE;
	via[begin] = 0;
	while (head < tail && via[from] == NOWHERE) {
		uint32_t v = queue[head++];
		for (uint32_t a = arena->arcs.first[v]; a < arena->arcs.first[v + 1]; a++) {
			uint32_t w = arena->arcs.arc[a].to;
			if (via[w] != NOWHERE || component[w] != component[from])
				continue;
			via[w] = a;
			back[w] = v;
			queue[tail++] = w;
		}
	}
	uint32_t n = 0;
	for (uint32_t at = from; at != begin && via[at] != NOWHERE; at = back[at])
		queue[n++] = at;
	while (n-- > 0)
		story_add_arc(sf, story, arena, back[queue[n]], &arena->arcs.arc[via[queue[n]]]);
	free(via);
	free(back);
	free(queue);
}

/* The subgraph in which the victim waits all the time. */
static struct arcs while_waiting(const struct arena *arena, uint32_t **origin)
{
	struct arcs arcs = { .first = alloc((arena->n + 1) * 4), .n_nodes = arena->n };

	*origin = alloc((arena->arcs.n_arcs + 1) * 4);
	for (uint32_t i = 0; i < arena->n; i++) {
		arcs.first[i] = arcs.n_arcs;
		for (uint32_t a = arena->arcs.first[i]; a < arena->arcs.first[i + 1]; a++) {
			if (!counts(arena, i, &arena->arcs.arc[a]))
				continue;
			(*origin)[arcs.n_arcs] = a;
			arcs_add(&arcs, arena->arcs.arc[a]);
		}
	}
	arcs.first[arena->n] = arcs.n_arcs;
	return arcs;
}

/* What leads from node v on to as many bypasses as `best` says of its component: from component to component by the arc
 * that keeps most of them. */
static void story_onward(struct states *sf, const struct arena *arena, const struct arcs *arcs, const uint32_t *origin,
			 const uint32_t *component, const uint32_t *best, uint32_t v)
{
	uint32_t *via = alloc(arena->n * 4), *back = alloc(arena->n * 4), *queue = alloc(arena->n * 4);

	while (best[component[v]] > 0) {
		uint32_t c = component[v], head = 0, tail = 0, leave = NOWHERE, at = v, n = 0;
		memset(via, 0xff, arena->n * 4);
		queue[tail++] = v;
		while (head < tail && leave == NOWHERE) {
			at = queue[head++];
			for (uint32_t a = arcs->first[at]; a < arcs->first[at + 1] && leave == NOWHERE; a++) {
				const struct arc *arc = &arcs->arc[a];
				if (component[arc->to] != c) {
					if (best[component[arc->to]] + arc->weight == best[c])
						leave = a;
				} else if (arc->to != v && via[arc->to] == NOWHERE) {
					via[arc->to] = a;
					back[arc->to] = at;
					queue[tail++] = arc->to;
				}
			}
		}
		if (leave == NOWHERE)
			break;
		for (uint32_t w = at; w != v; w = back[w])
			queue[n++] = w;
		while (n-- > 0)
			story_add_arc(sf, STORY_STARVES, arena, back[queue[n]],
				      &arena->arcs.arc[origin[via[queue[n]]]]);
		story_add_arc(sf, STORY_STARVES, arena, at, &arena->arcs.arc[origin[leave]]);
		v = arcs->arc[leave].to;
	}
	free(via);
	free(back);
	free(queue);
}

static void judge_victim(struct states *sf, const struct arena *arena, uint32_t victim, struct stateful_result *result)
{
	uint32_t *origin, *component = alloc(arena->n * 4), *best = alloc_zeroed(arena->n + 1, 4);
	struct arcs arcs = while_waiting(arena, &origin);
	uint32_t n = arcs_components(&arcs, component), *nodes = alloc(arena->n * 4), *begin = alloc_zeroed(n + 2, 4);

	/* Nodes by component: a component's successors have smaller numbers. */
	for (uint32_t i = 0; i < arena->n; i++)
		begin[component[i] + 1]++;
	for (uint32_t c = 0; c < n; c++)
		begin[c + 1] += begin[c];
	uint32_t *fill = alloc((n + 1) * 4);
	memcpy(fill, begin, (n + 1) * 4);
	for (uint32_t i = 0; i < arena->n; i++)
		nodes[fill[component[i]]++] = i;
	for (uint32_t c = 0; c < n; c++) {
		for (uint32_t k = begin[c]; k < begin[c + 1]; k++) {
			uint32_t v = nodes[k];
			for (uint32_t a = arcs.first[v]; a < arcs.first[v + 1]; a++) {
				const struct arc *arc = &arcs.arc[a];
				if (component[arc->to] == c) {
					if (arc->weight == 0 || result->endless)
						continue;
					result->starves = result->endless = true;
					result->max_bypass = -1;
					result->victim = victim;
					sf->story_n[STORY_STARVES] = 0;
					story_to(sf, STORY_STARVES, arena, v);
					sf->story_cycle[STORY_STARVES] = sf->story_n[STORY_STARVES];
					story_cycle(sf, STORY_STARVES, arena, v, origin[a], component);
				} else if (best[component[arc->to]] + arc->weight > best[c]) {
					best[c] = best[component[arc->to]] + arc->weight;
				}
			}
		}
		if (!result->endless && (int32_t)best[c] > result->max_bypass) {
			result->max_bypass = (int32_t)best[c];
			if (best[c] > machine->request->max_bypass) {
				result->starves = true;
				result->victim = victim;
				sf->story_n[STORY_STARVES] = 0;
				story_to(sf, STORY_STARVES, arena, nodes[begin[c]]);
				story_onward(sf, arena, &arcs, origin, component, best, nodes[begin[c]]);
				sf->story_cycle[STORY_STARVES] = NOWHERE;
			}
		}
	}
	free(origin);
	free(component);
	free(best);
	free(nodes);
	free(begin);
	free(fill);
	free(arcs.first);
	free(arcs.arc);
}

void game_judge(struct states *sf, struct stateful_result *result)
{
	struct arena arena = { .capacity = 400000, .table_size = 1600000 };

	arena.game = alloc(arena.capacity * sizeof *arena.game);
	arena.table = alloc(arena.table_size * 4);
	arena.parent = alloc(arena.capacity * 4);
	arena.parent_arc = alloc(arena.capacity * 4);
	arena.arcs.first = alloc((arena.capacity + 1) * 4);
	result->max_bypass = 0;
	for (uint32_t victim = 0; victim < machine->n_threads && !result->endless; victim++) {
		memset(arena.table, 0, arena.table_size * 4);
		arena.n = arena.arcs.n_arcs = 0;
		play_all(sf, &arena, victim);
		judge_victim(sf, &arena, victim, result);
	}
	free(arena.game);
	free(arena.table);
	free(arena.parent);
	free(arena.parent_arc);
	free(arena.arcs.first);
	free(arena.arcs.arc);
}
