#include "worklist.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"

struct level *worklist_top(struct search *search)
{
	return &search->levels[search->n_levels - 1];
}

struct level *worklist_push(struct search *search)
{
	if (search->n_levels == search->levels_made) {
		search->levels = alloc_more(search->levels, (search->levels_made + 1) * sizeof *search->levels);
		memset(&search->levels[search->levels_made], 0, sizeof *search->levels);
		graph_init(&search->levels[search->levels_made].graph, &machine->model, machine->n_threads);
		search->levels_made++;
	}
	search->n_levels++;
	worklist_top(search)->n = 0;
	graph_clear(&worklist_top(search)->graph);
	machine->graph = &worklist_top(search)->graph;
	return worklist_top(search);
}

void worklist_pop(struct search *search)
{
	search->n_levels--;
	machine->graph = search->n_levels == 0 ? NULL : &worklist_top(search)->graph;
}

void worklist_add(struct search *search, enum item_kind kind, uint32_t stamp, ref event, ref other, int32_t mo)
{
	struct level *level = worklist_top(search);

	if (level->n == level->capacity) {
		level->capacity = level->capacity == 0 ? 64 : 2 * level->capacity;
		level->items = alloc_more(level->items, level->capacity * sizeof *level->items);
	}
	level->items[level->n++] =
	    (struct item){ .kind = kind, .stamp = stamp, .event = event, .other = other, .mo = mo };
}

void worklist_demote(struct search *search, ref r, ref from)
{
	struct level *level = worklist_top(search);
	uint32_t n = 0;

	for (uint32_t i = 0; i < level->n; i++) {
		struct item *item = &level->items[i];
		if (item->other == r && item->kind == ITEM_READ) {
			item->other = from;
			item->mo = 0; /* it passes on less: more may be found */
		}
		if (item->kind == ITEM_REVISIT && item->other == r)
			continue;
		level->items[n++] = *item;
	}
	level->n = n;
}

void search_clear(struct search *search)
{
	while (search->n_levels > 0)
		worklist_pop(search);
	worklist_push(search);
}

void search_fini(struct search *search)
{
	for (uint32_t i = 0; i < search->levels_made; i++) {
		graph_fini(&search->levels[i].graph);
		free(search->levels[i].items);
	}
	free(search->levels);
	search->levels = NULL;
	search->levels_made = search->n_levels = 0;
}
