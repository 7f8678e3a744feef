#include "graph.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "clear.h"

static void refs_add(struct refs *refs, ref r)
{
	if (refs->n == refs->capacity) {
		refs->capacity = refs->capacity == 0 ? 8 : 2 * refs->capacity;
		refs->ref = alloc_more(refs->ref, refs->capacity * sizeof *refs->ref);
	}
	refs->ref[refs->n++] = r;
}

static void refs_copy(struct refs *to, const struct refs *from)
{
	if (to->capacity < from->n) {
		to->capacity = from->capacity;
		to->ref = alloc_more(to->ref, to->capacity * sizeof *to->ref);
	}
	if (from->n > 0)
		memcpy(to->ref, from->ref, from->n * sizeof *to->ref);
	to->n = from->n;
}

static void thread_reserve(struct graph_thread *thread, uint32_t n)
{
	void *bigger;

	if (thread->capacity >= n)
		return;
	while (thread->capacity < n)
		thread->capacity = thread->capacity == 0 ? 64 : 2 * thread->capacity;
	bigger = alloc_aligned(32, thread->capacity * sizeof *thread->event);
	if (thread->n > 0)
		memcpy(bigger, thread->event, thread->n * sizeof *thread->event);
	free(thread->event);
	thread->event = bigger;
}

void graph_init(struct graph *graph, struct model *model, uint32_t n_threads)
{
	memset(graph, 0, sizeof *graph);
	graph->model = model;
	graph->n_threads = n_threads;
}

void graph_fini(struct graph *graph)
{
	for (uint32_t i = 0; i < THREADS_MAX; i++)
		free(graph->thread[i].event);
	for (uint32_t i = 0; i < graph->capacity_locations; i++) {
		free(graph->location[i].writes.ref);
		free(graph->location[i].reads.ref);
	}
	free(graph->location);
	free(graph->displaced.at);
	memset(graph, 0, sizeof *graph);
}

void graph_clear(struct graph *graph)
{
	graph->stamp = 0;
	graph->n_sc = 0;
	graph->mixed = false;
	for (uint32_t i = 0; i < graph->n_threads; i++)
		graph->thread[i].n = 0;
	for (uint32_t i = 0; i < graph->n_locations; i++)
		graph->location[i].writes.n = graph->location[i].reads.n = 0;
	for (uint32_t i = 0; i < graph->n_locations; i++) {
		memset(graph->location[i].last, 0, sizeof graph->location[i].last);
		memset(graph->location[i].released, 0, sizeof graph->location[i].released);
	}
	graph->n_locations = 0;
	graph->displaced.n = 0;
}

void graph_need_location(struct graph *graph, uint32_t index)
{
	if (index >= graph->capacity_locations) {
		uint32_t capacity = graph->capacity_locations == 0 ? 32 : graph->capacity_locations;
		while (capacity <= index)
			capacity *= 2;
		graph->location = alloc_more(graph->location, capacity * sizeof *graph->location);
		memset(graph->location + graph->capacity_locations, 0,
		       (capacity - graph->capacity_locations) * sizeof *graph->location);
		graph->capacity_locations = capacity;
	}
	if (index >= graph->n_locations)
		graph->n_locations = index + 1;
}

static void displacements_reserve(struct displacements *displaced, uint32_t n)
{
	if (displaced->capacity >= n)
		return;
	displaced->capacity = 2 * n;
	displaced->at = alloc_more(displaced->at, displaced->capacity * sizeof *displaced->at);
}

void graph_copy(struct graph *to, const struct graph *from)
{
	graph_clear(to);
	to->stamp = from->stamp;
	to->n_sc = from->n_sc;
	to->mixed = from->mixed;
	to->n_threads = from->n_threads;
	for (uint32_t i = 0; i < from->n_threads; i++) {
		thread_reserve(&to->thread[i], from->thread[i].n);
		if (from->thread[i].n > 0)
			memcpy(to->thread[i].event, from->thread[i].event, from->thread[i].n * sizeof(struct event));
		to->thread[i].n = from->thread[i].n;
	}
	if (from->n_locations > 0)
		graph_need_location(to, from->n_locations - 1);
	for (uint32_t i = 0; i < from->n_locations; i++) {
		refs_copy(&to->location[i].writes, &from->location[i].writes);
		refs_copy(&to->location[i].reads, &from->location[i].reads);
		memcpy(to->location[i].last, from->location[i].last, sizeof from->location[i].last);
		memcpy(to->location[i].released, from->location[i].released, sizeof from->location[i].released);
	}
	displacements_reserve(&to->displaced, from->displaced.n);
	for (uint32_t i = 0; i < from->displaced.n; i++)
		to->displaced.at[i] = from->displaced.at[i];
	to->displaced.n = from->displaced.n;
}

struct event *graph_add(struct graph *graph, uint32_t t)
{
	struct graph_thread *thread = &graph->thread[t];
	struct event *event;

	thread_reserve(thread, thread->n + 1);
	event = &thread->event[thread->n++];
	clear_blocks(event, sizeof *event);
	event->stamp = ++graph->stamp;
	event->location = NO_LOCATION;
	event->from = REF_INITIAL;
	return event;
}

/* Jumps as in skew-binary numbers (Myers 1983): from any access back to any other in a logarithmic number. */
void graph_note_access(struct graph *graph, ref r)
{
	struct event *event = graph_event(graph, r), *events = graph->thread[REF_THREAD(r)].event;
	uint16_t *last = &graph->location[event->location].last[REF_THREAD(r)];

	event->before = *last;
	event->nth = 1;
	event->jump = 0;
	if (*last != 0) {
		const struct event *before = &events[*last - 1];
		uint32_t far = before->jump != 0 ? events[before->jump - 1].nth : 0;
		uint32_t farther = before->jump != 0 && events[before->jump - 1].jump != 0
				       ? events[events[before->jump - 1].jump - 1].nth
				       : 0;
		event->nth = (uint16_t)(before->nth + 1);
		event->jump = *last;
		if (before->jump != 0 && before->nth - far == far - farther)
			event->jump = events[before->jump - 1].jump;
	}
	*last = (uint16_t)(REF_INDEX(r) + 1);
}

uint32_t graph_last_access(const struct graph *graph, uint32_t location, uint32_t t, int32_t n)
{
	const struct event *events = graph->thread[t].event;
	uint32_t at = graph->location[location].last[t];

	while ((int32_t)at > n)
		at = (int32_t)events[at - 1].jump > n ? events[at - 1].jump : events[at - 1].before;
	return at;
}

void graph_drop_read(struct graph *graph, uint32_t t)
{
	const struct event *event = &graph->thread[t].event[graph->thread[t].n - 1];
	struct graph_location *location = &graph->location[event->location];

	location->last[t] = event->before;
	location->reads.n--;
	graph->thread[t].n--;
	graph->stamp--;
}

void graph_add_read(struct graph *graph, ref r)
{
	refs_add(&graph->location[graph_event(graph, r)->location].reads, r);
}

static bool releases(const struct event *event)
{
	return (event->flags & (EVENT_WRITES | EVENT_RELEASE)) == (EVENT_WRITES | EVENT_RELEASE);
}

const struct event *graph_released(struct graph *graph, uint32_t location, uint32_t t)
{
	const struct event *events = graph->thread[t].event;
	uint16_t *released = &graph->location[location].released[t];

	/* One that has been taken back, or has gone, may still be noted. */
	while (*released != 0 && (*released > graph->thread[t].n || !releases(&events[*released - 1])))
		*released = events[*released - 1].before;
	return *released == 0 ? NULL : &events[*released - 1];
}

void graph_place(struct graph *graph, ref r, int32_t mo)
{
	struct event *event = graph_event(graph, r);
	struct refs *writes = &graph->location[event->location].writes;

	refs_add(writes, r);
	for (int32_t i = (int32_t)writes->n - 1; i > mo; i--) {
		writes->ref[i] = writes->ref[i - 1];
		graph_event(graph, writes->ref[i])->mo = i;
	}
	writes->ref[mo] = r;
	event->mo = mo;
	event->flags |= EVENT_WRITES;
	uint16_t *released = &graph->location[event->location].released[REF_THREAD(r)];
	if ((event->flags & EVENT_RELEASE) != 0 && *released <= REF_INDEX(r))
		*released = (uint16_t)(REF_INDEX(r) + 1);
}

void graph_unplace(struct graph *graph, ref r)
{
	struct event *event = graph_event(graph, r);
	struct refs *writes = &graph->location[event->location].writes;

	for (uint32_t i = (uint32_t)event->mo; i + 1 < writes->n; i++) {
		writes->ref[i] = writes->ref[i + 1];
		graph_event(graph, writes->ref[i])->mo = (int32_t)i;
	}
	writes->n--;
	event->flags &= ~(uint32_t)EVENT_WRITES;
}

/* After events have gone: takes them out of the locations' lists. */
static void drop_missing(struct graph *graph)
{
	for (uint32_t l = 0; l < graph->n_locations; l++) {
		struct refs *writes = &graph->location[l].writes, *reads = &graph->location[l].reads;
		uint32_t n = 0;
		/* Events that have gone are still in their array. */
		for (uint32_t t = 0; t < graph->n_threads; t++) {
			uint16_t *last = &graph->location[l].last[t];
			uint16_t *released = &graph->location[l].released[t];
			const struct event *events = graph->thread[t].event;
			while (*last > graph->thread[t].n)
				*last = events[*last - 1].before;
			while (*released > graph->thread[t].n)
				*released = events[*released - 1].before;
		}
		for (uint32_t i = 0; i < writes->n; i++) {
			ref r = writes->ref[i];
			if (REF_INDEX(r) >= graph->thread[REF_THREAD(r)].n ||
			    (graph_event(graph, r)->flags & EVENT_WRITES) == 0)
				continue;
			graph_event(graph, r)->mo = (int32_t)n;
			writes->ref[n++] = r;
		}
		writes->n = n;
		n = 0;
		for (uint32_t i = 0; i < reads->n; i++) {
			if (REF_INDEX(reads->ref[i]) < graph->thread[REF_THREAD(reads->ref[i])].n)
				reads->ref[n++] = reads->ref[i];
		}
		reads->n = n;
	}
}

void graph_displace(struct graph *graph, ref r, ref by)
{
	struct displacements *displaced = &graph->displaced;

	displacements_reserve(displaced, displaced->n + 1);
	displaced->at[displaced->n++] =
	    (struct displacement){ .read = r, .by = by, .stamp = graph_event(graph, r)->stamp, .until = graph->stamp };
	graph->thread[REF_THREAD(r)].n--;
	drop_missing(graph);
}

uint32_t graph_displaced(const struct graph *graph, ref r)
{
	for (uint32_t i = graph->displaced.n; i-- > 0;) {
		if (graph->displaced.at[i].read == r)
			return graph->displaced.at[i].until;
	}
	return 0;
}

bool graph_displaces(const struct graph *graph, ref w)
{
	for (uint32_t i = 0; i < graph->displaced.n; i++) {
		if (graph->displaced.at[i].by == w)
			return true;
	}
	return false;
}

/* What was displaced after `stamp` has not been asked yet. */
static void forget_displaced(struct displacements *displaced, uint32_t stamp)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < displaced->n; i++) {
		if (displaced->at[i].stamp <= stamp)
			displaced->at[n++] = displaced->at[i];
	}
	displaced->n = n;
}

/* Forgets from each thread what comes after `stamp` and is not among the first `keep[t]` events. */
static void shorten(struct graph *graph, uint32_t stamp, const union clock *keep)
{
	for (uint32_t t = 0; t < graph->n_threads; t++) {
		struct graph_thread *thread = &graph->thread[t];
		uint32_t kept = keep == NULL ? 0 : (uint32_t)keep->c[t];
		while (thread->n > kept && thread->event[thread->n - 1].stamp > stamp)
			thread->n--;
		if (thread->n > kept) {
			struct event *last = &thread->event[thread->n - 1];
			if ((last->flags & EVENT_WRITES) != 0 && last->write_stamp > stamp)
				last->flags &= ~(uint32_t)EVENT_WRITES;
		}
	}
	drop_missing(graph);
}

void graph_cut(struct graph *graph, uint32_t stamp)
{
	shorten(graph, stamp, NULL);
	graph->stamp = stamp;
}

void graph_restrict(struct graph *graph, uint32_t stamp, const union clock *prefix)
{
	shorten(graph, stamp, prefix);
	forget_displaced(&graph->displaced, stamp);
}
