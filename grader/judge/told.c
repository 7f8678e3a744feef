#include "told.h"

#include <stdlib.h>
#include <string.h>

#include "saying.h"
#include "steps.h"
#include "text.h"
#include "translate.h"

static bool is_plain(const struct explore_step *step)
{
	return (step->flags & STEP_CULPRIT) != 0 && (step->kind == STEP_PLAIN_READ || step->kind == STEP_PLAIN_WRITE) &&
	       (step->address.module == MODULE_OBJECT || step->address.module == MODULE_PLUGIN ||
		step->address.module == MODULE_POINTED);
}

/* A race of two accesses by the plugin, which are the end of its story: what they access, and where. NULL: it is none.
 * The caller owns it. */
static char *told_race(const struct explored *explored, const struct judge_run *run, struct namer *namer)
{
	size_t n = explored->n_steps;
	if (explored->said.property != PROPERTY_DATA_RACE || n < 2 || !is_plain(&explored->steps[n - 1]) ||
	    !is_plain(&explored->steps[n - 2]))
		return NULL;
	const struct explore_step *one = &explored->steps[n - 1], *other = &explored->steps[n - 2];
	struct source_place places[2];
	namer_code(namer, run->workload_path, &one->place, &places[0]);
	namer_code(namer, run->workload_path, &other->place, &places[1]);
	char *name = namer_data(namer, &one->address, one->size), *at = place_text(&places[0]),
	     *too = place_text(&places[1]);
	bool reads = one->kind == STEP_PLAIN_READ, both = !reads && other->kind == STEP_PLAIN_WRITE;
	char *told = say(
	    both ? N_("thread %u writes %s in %s, thread %u writes it in %s, and nothing orders the two: it has to be "
		      "atomic, or under one mutex")
	    : reads
		? N_("thread %u reads %s in %s, thread %u writes it in %s, and nothing orders the two: it has to be "
		     "atomic, or under one mutex")
		: N_("thread %u writes %s in %s, thread %u reads it in %s, and nothing orders the two: it has to be "
		     "atomic, or under one mutex"),
	    one->thread, name, at, other->thread, too);
	free(name);
	free(at);
	free(too);
	place_free(&places[0]);
	place_free(&places[1]);
	return told;
}

/* What is told anew. */
struct retelling {
	const struct explored *explored;
	struct namer *namer;
	struct saying_part *better; /* for which the kind has words; NULL: none */
	char *template;             /* of those */
};

/* Whether the sentence is of a thread that waits in a call of the library, which is its last argument. */
static bool is_wait(const struct saying_part *part)
{
	return part->words == NULL && part->n > 1 &&
	       (part->id == SAID_THREAD_SLEEPS_IN || part->id == SAID_THREAD_SLEEPS ||
		part->id == SAID_THREAD_WAITS_IN || part->id == SAID_THREAD_WAITS);
}

/* The words of an argument; "": it is no mere words. */
static const char *words_of(const struct saying *argument)
{
	return argument->n == 1 && !argument->part->sentence ? argument->part->words : "";
}

/* "thread 1 waits in wait() (pthread_mutex_lock)": of which mutex, and who holds it. */
static void name_wait(struct saying_part *part, const struct retelling *retelling)
{
	struct saying *call = &part->argument[part->n - 1];
	unsigned long thread = strtoul(words_of(&part->argument[0]), NULL, 10);
	for (size_t i = 0; i < retelling->explored->n_steps; i++) {
		const struct explore_step *step = &retelling->explored->steps[i];
		if (step->kind != STEP_WAITS || step->thread != thread || step->note[0] == '\0' ||
		    strcmp(words_of(call), step->note) != 0)
			continue;
		char *named = steps_call(step, retelling->namer);
		saying_free(call);
		saying_read(call, named);
		free(named);
	}
}

static void retell(struct saying_part *part, void *context)
{
	struct retelling *retelling = context;
	char *template = part->words == NULL && retelling->better == NULL
			     ? steps_sentence(part->id, namer_kind(retelling->namer))
			     : NULL;
	if (template != NULL) {
		retelling->better = part;
		retelling->template = template;
	}
	if (is_wait(part))
		name_wait(part, retelling);
}

/* The sentence by that template, which it takes over, rather than as it is: where the one has no translation, the other
 * has. */
static void tell_better(struct saying_part *part, char *template)
{
	struct saying general = { 0 }, better;
	*saying_add(&general) = *part;
	char *copy = saying_written(&general);
	saying_read(&better, copy);
	free(copy);
	better.part[0].words = template;
	better.part[0].id = SAID_COUNT;
	*part = (struct saying_part){ .sentence = true, .id = SAID_RATHER };
	*saying_add_argument(part) = better;
	*saying_add_argument(part) = general;
}

/* An access beside the object that is told as what comes of it. */
static char *told_outside(const struct explored *explored, struct namer *namer)
{
	size_t n = explored->n_steps;
	const struct explore_step *last = n > 0 ? &explored->steps[n - 1] : NULL;
	enum said what = said_what(explored->said.message);
	if (last == NULL ||
	    (what != SAID_THREAD_READS_WHAT_WAS_NEVER && what != SAID_MEMORY_IS_READ_THAT_WAS &&
	     what != SAID_A_IS_USED_THAT_WAS) ||
	    last->address.module != MODULE_OBJECT || (int64_t)last->address.offset >= 0)
		return NULL;
	char *name = namer_data(namer, &last->address, last->size);
	char *told = say(N_("thread %u accesses memory outside of its object: %s"), last->thread, name);
	free(name);
	return told;
}

/* The operation that the thread came back from last; NULL: none. */
static const char *last_operation(const struct explored *explored, uint32_t thread, const struct plugin_kind *kind)
{
	for (size_t i = explored->n_steps; i-- > 0;) {
		const struct explore_step *step = &explored->steps[i];
		if (step->thread == thread && step->kind == STEP_RETURN)
			return kind_operation_name(kind, (uint32_t)step->value);
	}
	return NULL;
}

/* A workload that misses what another thread has done says that it has not been done. Where it has been, and is merely
 * not seen, that is told instead. */
static char *told_unseen(const struct explored *explored, struct namer *namer)
{
	size_t n = explored->n_steps;
	const struct explore_step *last = n > 0 ? &explored->steps[n - 1] : NULL;
	enum said what = said_what(explored->said.message);
	bool processes = what == SAID_OF_PROCESSES;
	if (last == NULL || (what != SAID_WORKLOAD && !processes) ||
	    (last->flags & (STEP_CULPRIT | STEP_STALE)) != (STEP_CULPRIT | STEP_STALE) ||
	    last->address.module != MODULE_DATA)
		return NULL;
	const char *operation = last_operation(explored, last->thread, namer_kind(namer));
	if (operation == NULL)
		return say(processes
			       ? N_("process %u does not see what process %u has done: it has been done, but nothing "
				    "orders the one before the other (happens-before is missing)")
			       : N_("thread %u does not see what thread %u has done: it has been done, but nothing "
				    "orders the one before the other (happens-before is missing)"),
			   last->thread, last->newest_thread);
	return say(processes
		       ? N_("process %u comes back from %s() and does not see what process %u has done: it has been "
			    "done, but nothing orders the one before the other (happens-before is missing)")
		       : N_("thread %u comes back from %s() and does not see what thread %u has done: it has been "
			    "done, but nothing orders the one before the other (happens-before is missing)"),
		   last->thread, operation, last->newest_thread);
}

char *told_words(const struct explored *explored, const struct judge_run *run, struct namer *namer)
{
	char *whole = told_race(explored, run, namer);
	if (whole == NULL)
		whole = told_outside(explored, namer);
	if (whole == NULL)
		whole = told_unseen(explored, namer);
	if (whole != NULL)
		return whole;
	struct retelling retelling = { .explored = explored, .namer = namer };
	struct saying message;
	saying_read(&message, explored->said.message);
	saying_visit(&message, retell, &retelling);
	if (retelling.better != NULL)
		tell_better(retelling.better, retelling.template);
	char *said = saying_written(&message);
	saying_free(&message);
	return said;
}
