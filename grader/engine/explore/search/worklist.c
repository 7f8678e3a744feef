#include "worklist.h"

#include <stdlib.h>
#include <string.h>

#include "search.h"

struct level *worklist_top(void)
{
	return &ex.levels[ex.n_levels - 1];
}

struct level *worklist_push(void)
{
	if (ex.n_levels == ex.levels_made) {
		ex.levels = realloc(ex.levels, (ex.levels_made + 1) * sizeof *ex.levels);
		if (ex.levels == NULL)
			abort();
		memset(&ex.levels[ex.levels_made], 0, sizeof *ex.levels);
		graph_init(&ex.levels[ex.levels_made].graph, ex.n_threads);
		ex.levels_made++;
	}
	ex.n_levels++;
	worklist_top()->n = 0;
	graph_clear(&worklist_top()->graph);
	ex.graph = &worklist_top()->graph;
	return worklist_top();
}

void worklist_pop(void)
{
	ex.n_levels--;
	ex.graph = ex.n_levels == 0 ? NULL : &worklist_top()->graph;
}

void worklist_add(enum item_kind kind, uint32_t stamp, ref event, ref other, int32_t mo)
{
	struct level *level = worklist_top();

	if (!ex.scheduler->exhaustive)
		return;
	if (level->n == level->capacity) {
		level->capacity = level->capacity == 0 ? 64 : 2 * level->capacity;
		level->items = realloc(level->items, level->capacity * sizeof *level->items);
		if (level->items == NULL)
			abort();
	}
	level->items[level->n++] =
	    (struct item){ .kind = kind, .stamp = stamp, .event = event, .other = other, .mo = mo };
}

void search_clear(void)
{
	while (ex.n_levels > 0)
		worklist_pop();
	worklist_push();
}

void search_fini(void)
{
	for (uint32_t i = 0; i < ex.levels_made; i++) {
		graph_fini(&ex.levels[i].graph);
		free(ex.levels[i].items);
	}
	free(ex.levels);
	ex.levels = NULL;
	ex.levels_made = ex.n_levels = 0;
}
