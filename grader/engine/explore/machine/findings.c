#include "findings.h"

#include <stdio.h>

#include "machine.h"

/* Whatever goes wrong between processes is held against sharing; races are judged by themselves. */
static bool concerns_sharing(uint32_t property)
{
	return machine->processes && property != PROPERTY_PROCESS_SHARED && property != PROPERTY_DATA_RACE;
}

static void note(struct finding found)
{
	machine->sink->note(machine->sink_context, &found);
	if (concerns_sharing(found.property)) {
		found.property = PROPERTY_PROCESS_SHARED;
		machine->sink->note(machine->sink_context, &found);
	}
}

static void add_last(struct finding *found, uint32_t thread)
{
	for (uint32_t i = 0; i < found->n_last; i++) {
		if (found->last[i] == thread)
			return;
	}
	found->last[found->n_last++] = (uint8_t)thread;
}

void finding_within(uint32_t property, uint32_t thread, const union clock *prefix, const uint32_t *marks, uint32_t rank,
		    const char *message)
{
	struct finding found = { .property = property,
				 .thread = thread,
				 .rank = rank,
				 .prefix = prefix,
				 .marks = marks,
				 .message = message };

	for (uint32_t t = 0; t < machine->n_threads; t++) {
		if (marks[t] != UINT32_MAX && t != thread)
			add_last(&found, t);
	}
	add_last(&found, thread);
	note(found);
}

/* What is before the access. */
static void join_access(union clock *prefix, const struct race_place *place)
{
	if (place->epoch > 0)
		clock_join(prefix, &graph_event(machine->graph, REF(place->thread, place->epoch - 1))->porf);
}

void finding_of_two(uint32_t property, uint32_t thread, const struct race_place *other, const char *message)
{
	uint32_t marks[THREADS_MAX];
	union clock prefix;

	if (machine->solo || thread >= machine->n_threads || other->thread >= machine->n_threads ||
	    other->thread == thread) {
		finding(property, thread, message);
		return;
	}
	for (uint32_t t = 0; t < THREADS_MAX; t++)
		marks[t] = UINT32_MAX;
	marks[thread] = machine->thread[thread].marks;
	if (!other->event)
		marks[other->thread] = other->marks;
	prefix = machine->thread[thread].porf;
	join_access(&prefix, other);
	finding_within(property, thread, &prefix, marks, 0, message);
}

void finding(uint32_t property, uint32_t thread, const char *message)
{
	if (property >= PROPERTY_COUNT) {
		/* The plugin refuses, or ends the process: nothing else can be judged. */
		snprintf(machine->crash, sizeof machine->crash, "%s", message);
		machine->end = END_STOP;
		return;
	}
	if (machine->solo || thread >= machine->n_threads) {
		note((struct finding){ .property = property, .thread = thread, .message = message });
		return;
	}
	uint32_t marks[THREADS_MAX];
	for (uint32_t t = 0; t < THREADS_MAX; t++)
		marks[t] = t == thread ? machine->thread[t].marks : UINT32_MAX;
	finding_within(property, thread, &machine->thread[thread].porf, marks, 0, message);
}

void finding_of_the_end(uint32_t property, const char *message)
{
	note((struct finding){ .property = property, .thread = machine->n_threads, .rank = 1, .message = message });
}

void finding_of_race(const struct race_place *one, const struct race_place *other)
{
	union clock prefix = { .c = { 0 } };
	uint32_t marks[THREADS_MAX];
	char message[WIRE_TEXT_MAX];
	struct race_place places[] = { *one, *other };
	struct finding found = { .property = PROPERTY_DATA_RACE,
				 .thread = one->thread,
				 .prefix = &prefix,
				 .marks = marks,
				 .message = message,
				 .places = places,
				 .n_places = 2 };

	join_access(&prefix, one);
	join_access(&prefix, other);
	for (uint32_t t = 0; t < THREADS_MAX; t++)
		marks[t] = UINT32_MAX;
	/* An event is among the steps; a plain access is made on the way to the next. */
	for (unsigned i = 2; i-- > 0;) {
		if (places[i].event)
			continue;
		marks[places[i].thread] = places[i].marks;
		add_last(&found, places[i].thread);
	}
	said_write(message, sizeof message,
		   !one->write    ? SAID_THREAD_READS_WHAT_THREAD_WRITES
		   : other->write ? SAID_THREAD_WRITES_WHAT_THREAD_WRITES
				  : SAID_THREAD_WRITES_WHAT_THREAD_READS,
		   one->thread, other->thread);
	note(found);
}

void finding_over(void)
{
	if (machine->end != END_STOP)
		machine->end = END_FINDING;
}

void finding_ends(uint32_t property, uint32_t thread, const char *message)
{
	finding(property, thread, message);
	finding_over();
}
