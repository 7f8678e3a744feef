/* After delta debugging (Zeller and Hildebrandt, IEEE TSE 2002), on changes of thread (Jalbert and Sen, FSE 2010): what
 * is left out of a schedule is tried in halves, quarters, … from its end on; what is left leads the execution as far as
 * it goes, and then each thread goes on as long as it can. So nothing has to fit: each is an execution, and whatever
 * shows the violation is compared like those of the search. */
#include "shorten.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "aside.h"
#include "guided.h"
#include "said.h"
#include "shape_names.h"

struct shortening {
	struct findings *found;
	uint32_t property;
	char cause[WIRE_TEXT_MAX]; /* its message, as it was found */
	struct guide guide;
	struct schedule_step *step; /* the guide's */
	uint32_t capacity, runs;
	uint64_t work;
	bool in_order; /* the events are put in the best order */
	bool shorter;  /* the last execution is */
};

/* ---- what counts as the same ---- */

/* Which sentence a message is (said.h). */
static unsigned long sentence_of(const char *message)
{
	return message[0] == '\1' ? strtoul(message + 1, NULL, 10) : SAID_COUNT;
}

/* The same sentence, with the same in it but for numbers: of threads, say. */
static bool same_cause(const char *one, const char *other)
{
	if (sentence_of(one) != sentence_of(other))
		return false;
	for (;; one++, other++) {
		one += strspn(one, "0123456789");
		other += strspn(other, "0123456789");
		if (*one != *other || *one == '\0')
			return *one == *other;
	}
}

static void note(void *context, const struct finding *finding)
{
	struct shortening *shortening = context;
	const struct violation *violation = &shortening->found->violation[shortening->property];

	if (finding->property != shortening->property || machine->graph == NULL || machine->tracing ||
	    finding->rank != violation->rank || !same_cause(finding->message, shortening->cause))
		return;
	if (violation_shorter(shortening->found, finding, !shortening->in_order))
		shortening->shorter = true;
}

static const struct findings_sink noted = { .note = note };

/* ---- trying ---- */

static bool out_of_budget(const struct shortening *shortening)
{
	return shortening->runs >= SHORTEN_RUNS || shortening->work >= SHORTEN_WORK;
}

static void add_to_guide(struct shortening *shortening, const struct schedule_step *step, uint32_t n)
{
	struct guide *guide = &shortening->guide;

	if (n == 0)
		return;
	if (guide->n + n > shortening->capacity) {
		shortening->capacity = 2 * (guide->n + n);
		shortening->step = alloc_more(shortening->step, shortening->capacity * sizeof *shortening->step);
		guide->step = shortening->step;
	}
	memcpy(shortening->step + guide->n, step, n * sizeof *step);
	guide->n += n;
}

/* Runs what the guide leads to. True: it is shorter, and is what is told from now on. */
static bool try(struct shortening *shortening)
{
	uint64_t steps = machine->steps, looked_at = machine->model.looked_at;
	const struct schedule *schedule = &shortening->found->violation[shortening->property].schedule;

	/* Those in which it shows go on before others do. */
	for (uint32_t i = 0; i < schedule->n_last; i++)
		add_to_guide(shortening, &(struct schedule_step){ .thread = schedule->last[i] }, 1);
	if (out_of_budget(shortening) || shapes_read(schedule) < 0)
		return false;
	shortening->shorter = false;
	guided_run(shortening->found->x, &shortening->guide);
	machine->crash[0] = machine->inconclusive[0] = '\0';
	shortening->runs++;
	shortening->work += WORK_PER_EVENT * shortening->found->x->steps + WORK_OF_STEP * (machine->steps - steps) +
			    WORK_PER_LOOK * (machine->model.looked_at - looked_at);
	return shortening->shorter;
}

/* Where the piece of steps of one thread that begins there ends. */
static uint32_t end_of_piece(const struct schedule *schedule, uint32_t at)
{
	uint32_t end = at + 1;

	while (end < schedule->n_steps && schedule->step[end].thread == schedule->step[at].thread)
		end++;
	return end;
}

static void add_steps(struct shortening *shortening, const struct schedule *schedule, uint32_t from, uint32_t to)
{
	add_to_guide(shortening, schedule->step + from, to - from);
}

/* Without the steps [from, to). */
static bool try_without(struct shortening *shortening, uint32_t from, uint32_t to)
{
	const struct schedule *schedule = &shortening->found->violation[shortening->property].schedule;

	shortening->guide.n = 0;
	add_steps(shortening, schedule, 0, from);
	add_steps(shortening, schedule, to, schedule->n_steps);
	return try(shortening);
}

/* With the steps [from, to) made at `at` already, which is before them. */
static bool try_earlier(struct shortening *shortening, uint32_t at, uint32_t from, uint32_t to)
{
	const struct schedule *schedule = &shortening->found->violation[shortening->property].schedule;

	shortening->guide.n = 0;
	add_steps(shortening, schedule, 0, at);
	add_steps(shortening, schedule, from, to);
	add_steps(shortening, schedule, at, from);
	add_steps(shortening, schedule, to, schedule->n_steps);
	return try(shortening);
}

/* ---- what is tried ---- */

/* Leaves out as many steps at a time. */
static bool drop(struct shortening *shortening, uint32_t size)
{
	const struct schedule *schedule = &shortening->found->violation[shortening->property].schedule;
	bool any = false;

	for (uint32_t to = schedule->n_steps; to > 0;) {
		uint32_t from = to > size ? to - size : 0;
		if (out_of_budget(shortening))
			return any;
		any |= try_without(shortening, from, to);
		to = from < schedule->n_steps ? from : schedule->n_steps;
	}
	return any;
}

/* A piece of a thread's steps right after the piece before: one change of thread less, or two. */
static bool join(struct shortening *shortening)
{
	const struct schedule *schedule = &shortening->found->violation[shortening->property].schedule;
	bool any = false;

	for (uint32_t at = 0; at < schedule->n_steps; at = end_of_piece(schedule, at)) {
		uint32_t end = end_of_piece(schedule, at), from = end;
		while (from < schedule->n_steps && schedule->step[from].thread != schedule->step[at].thread)
			from++;
		if (from >= schedule->n_steps || out_of_budget(shortening))
			continue;
		any |= try_earlier(shortening, end, from, end_of_piece(schedule, from));
	}
	return any;
}

static bool drop_all_sizes(struct shortening *shortening)
{
	const struct schedule *schedule = &shortening->found->violation[shortening->property].schedule;
	bool any = false;

	for (uint32_t size = (schedule->n_steps + 1) / 2; size > 0; size /= 2)
		any |= drop(shortening, size);
	return any;
}

static bool round_of_all(struct shortening *shortening)
{
	bool any = drop_all_sizes(shortening);

	return join(shortening) || any;
}

/* What is told was executed in that order; there may be one with fewer changes of thread. */
static void put_in_order(struct shortening *shortening)
{
	shortening->in_order = true;
	shortening->runs = 0;
	shortening->work = 0;
	try_without(shortening, 0, 0);
}

void shorten(struct findings *found, uint32_t property)
{
	static struct aside aside;
	static struct knowledge knowledge;
	struct shortening shortening = { .found = found, .property = property };
	const struct findings_sink *sink = machine->sink;
	void *sink_context = machine->sink_context;
	const struct violation *violation = &found->violation[property];
	enum execution_end end = machine->end;
	bool any = false;

	if (!violation->found || !violation->has_schedule || violation->weak)
		return;
	/* Between processes the message is the argument of a sentence (violation.c). */
	const char *message = violation->message + (machine->processes ? strcspn(violation->message, "\2") + 1 : 0);
	snprintf(shortening.cause, sizeof shortening.cause, "%s", message);
	aside_begin(&aside, found->x);
	execution_note_knowledge(found->x, &knowledge);
	machine->sink = &noted;
	machine->sink_context = &shortening;
	while (round_of_all(&shortening))
		any = true;
	if (any)
		put_in_order(&shortening);
	machine->sink = sink;
	machine->sink_context = sink_context;
	execution_take_knowledge(found->x, &knowledge);
	aside_end(&aside, found->x);
	machine->end = end;
	free(shortening.step);
}
