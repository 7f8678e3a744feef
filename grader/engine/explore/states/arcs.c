#include "states.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"

void arcs_add(struct arcs *arcs, struct arc arc)
{
	if (arcs->n_arcs == arcs->capacity) {
		arcs->capacity = arcs->capacity == 0 ? 4096 : 2 * arcs->capacity;
		arcs->arc = alloc_more(arcs->arc, arcs->capacity * sizeof *arcs->arc);
	}
	arcs->arc[arcs->n_arcs++] = arc;
}

/* component[i] of each node, numbered in reverse topological order. */
uint32_t arcs_components(const struct arcs *arcs, uint32_t *component)
{
	uint32_t n = arcs->n_nodes, *low = alloc(n * 4), *number = alloc_zeroed(n, 4), *stack = alloc(n * 4),
		 *call = alloc(n * 4), *at = alloc(n * 4);
	uint32_t counter = 0, depth = 0, calls = 0, found = 0;

	memset(component, 0xff, n * sizeof *component);
	for (uint32_t root = 0; root < n; root++) {
		if (number[root] != 0)
			continue;
		call[calls++] = root;
		number[root] = low[root] = ++counter;
		at[root] = arcs->first[root];
		stack[depth++] = root;
		while (calls > 0) {
			uint32_t v = call[calls - 1];
			if (at[v] < arcs->first[v + 1]) {
				uint32_t w = arcs->arc[at[v]++].to;
				if (number[w] == 0) {
					call[calls++] = w;
					number[w] = low[w] = ++counter;
					at[w] = arcs->first[w];
					stack[depth++] = w;
				} else if (component[w] == NOWHERE && number[w] < low[v]) {
					low[v] = number[w];
				}
				continue;
			}
			calls--;
			if (calls > 0 && low[v] < low[call[calls - 1]])
				low[call[calls - 1]] = low[v];
			if (low[v] != number[v])
				continue;
			uint32_t w;
			do {
				w = stack[--depth];
				component[w] = found;
			} while (w != v);
			found++;
		}
	}
	free(low);
	free(number);
	free(stack);
	free(call);
	free(at);
	return found;
}
