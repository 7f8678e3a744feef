#include "explored.h"

#include <stdlib.h>
#include <string.h>

#include "said.h"
#include "schedule_text.h"
#include "text.h"
#include "translate.h"

static const char *const kind_names[] = {
	[STEP_LOAD] = "load",
	[STEP_STORE] = "store",
	[STEP_EXCHANGE] = "exchange",
	[STEP_FETCH] = "fetch",
	[STEP_COMPARE] = "compare-exchange",
	[STEP_COMPARE_FAILED] = "compare-exchange-failed",
	[STEP_FENCE] = "fence",
	[STEP_PLAIN_READ] = "read",
	[STEP_PLAIN_WRITE] = "write",
	[STEP_LIBRARY] = "library",
	[STEP_CALL] = "call",
	[STEP_RETURN] = "return",
	[STEP_REQUEST] = "request",
	[STEP_ENTER] = "enter",
	[STEP_ENTER_SHARED] = "enter-shared",
	[STEP_LEAVE] = "leave",
	[STEP_FINISHED] = "finished",
	[STEP_WAITS] = "waits",
	[STEP_LEFT_OUT] = "note",
};

static const char *kind_name(unsigned kind)
{
	return kind < sizeof(kind_names) / sizeof(kind_names[0]) && kind_names[kind] != NULL ? kind_names[kind]
											     : "note";
}

static const char *order_name(int order)
{
	switch (order) {
	case __ATOMIC_RELAXED:
		return "relaxed";
	case __ATOMIC_CONSUME:
		return "consume";
	case __ATOMIC_ACQUIRE:
		return "acquire";
	case __ATOMIC_RELEASE:
		return "release";
	case __ATOMIC_ACQ_REL:
		return "acq_rel";
	case __ATOMIC_SEQ_CST:
		return "seq_cst";
	default:
		return NULL;
	}
}

/* The number as the program's int would show it: sign-extended. */
static uint64_t extend(uint64_t value, unsigned size)
{
	switch (size) {
	case 1:
		return (uint64_t)(int64_t)(int8_t)value;
	case 2:
		return (uint64_t)(int64_t)(int16_t)value;
	case 4:
		return (uint64_t)(int64_t)(int32_t)value;
	default:
		return value;
	}
}

static bool accesses_memory(unsigned kind)
{
	return kind <= STEP_PLAIN_WRITE && kind != STEP_FENCE;
}

static void add_step(struct counterexample *counterexample, const struct explore_step *said,
		     const struct judge_run *run, struct namer *namer)
{
	struct step *step = counterexample_add_step(counterexample);
	const char *order = order_name(said->order);
	step->thread = said->thread;
	step->op = xstrdup(kind_name(said->kind));
	if (said->kind == STEP_CALL || said->kind == STEP_RETURN)
		step->variable = xstrdup(operation_name((enum trial_operation)said->value));
	else if (accesses_memory(said->kind) || said->address.module != MODULE_NONE)
		step->variable = namer_data(namer, &said->address, said->size);
	step->order = order != NULL ? xstrdup(order) : NULL;
	step->has_value = (said->flags & STEP_HAS_VALUE) != 0;
	step->has_stored = (said->flags & STEP_HAS_STORED) != 0;
	step->has_newest = (said->flags & STEP_STALE) != 0;
	step->culprit = (said->flags & STEP_CULPRIT) != 0;
	step->value = extend(said->value, said->size);
	step->stored = extend(said->stored, said->size);
	step->newest = extend(said->newest, said->size);
	step->newest_thread = said->newest_thread;
	step->repeat = said->repeat != 0 ? said->repeat : 1;
	if (said->kind == STEP_LEFT_OUT)
		step->note = xasprintf(ngettext("%u step of the story is left out here",
						"%u steps of the story are left out here", (unsigned long)said->value),
				       (unsigned)said->value);
	else if (said->note[0] != '\0')
		step->note = xstrdup(said->note);
	namer_code(namer, run->workload_path, &said->place, &step->place);
}

const struct explored *explored_find(const struct evidence *evidence, enum workload_property property)
{
	for (size_t i = 0; i < evidence->n_explored; i++) {
		if (evidence->explored[i].said.property == (uint32_t)property)
			return &evidence->explored[i];
	}
	return NULL;
}

/* The schedule as it is printed for people to copy: what a worker claims goes no further unless it is one. NULL: it is
 * none. The caller owns it. */
static char *schedule_of(const struct frame_explore_property *said, const struct judge_run *run, const char *workload)
{
	char text[SCHEDULE_TEXT_MAX], *whole = NULL;
	struct schedule schedule;
	size_t at;
	bool own = strcmp(workload, run->workload->name) == 0;
	if (schedule_read(&schedule, said->schedule, &at) == 0 && schedule_write(&schedule, text, sizeof(text)) == 0)
		whole = xasprintf("%s%s%s", own ? "" : run->workload->name, own ? "" : ":", text);
	schedule_fini(&schedule);
	return whole;
}

struct counterexample *explored_counterexample(const struct explored *explored, const struct judge_run *run,
					       const char *workload, struct namer *namer)
{
	const struct frame_explore_property *said = &explored->said;
	char *schedule = explored->n_steps > 0 ? schedule_of(said, run, workload) : NULL;
	if (schedule == NULL)
		return NULL;
	struct counterexample *counterexample = counterexample_create();
	counterexample->schedule = schedule;
	counterexample->memory_model = xstrdup(said->memory_model == MEMORY_MODEL_SC ? "sc" : "c11");
	counterexample->context_switches = said->context_switches;
	counterexample->only_weak = said->only_weak != 0;
	counterexample->summary = said_translated(said->message);
	counterexample->cycle_begin = said->cycle_begin <= explored->n_steps ? said->cycle_begin : 0;
	counterexample->cycle_end = said->cycle_end <= explored->n_steps ? said->cycle_end : 0;
	for (size_t i = 0; i < explored->n_steps; i++)
		add_step(counterexample, &explored->steps[i], run, namer);
	return counterexample;
}

static char *blame_sentence(const struct frame_explore_property *said, const char *what, const char *where)
{
	switch ((enum explore_blame)said->blame) {
	case BLAME_VARIABLE:
		return xasprintf(_("Each process has a copy of its own of %s%s, which lies outside of the object."),
				 what, where);
	case BLAME_HEAP:
		return xasprintf(_("Each process has a copy of its own of what init() took from the heap%s."), where);
	case BLAME_FUTEX:
		return xasprintf(
		    _("The futex %s is used with FUTEX_PRIVATE_FLAG%s: it wakes nobody in another process."), what,
		    where);
	case BLAME_OBJECT:
		return xasprintf(_("It is %s%s."), what, where);
	case BLAME_NONE:
		break;
	}
	return NULL;
}

char *explored_blame(const struct explored *explored, const struct judge_run *run, struct namer *namer)
{
	const struct frame_explore_property *said = &explored->said;
	struct source_place place;
	if (said->blame == BLAME_NONE)
		return NULL;
	char *what = namer_data(namer, &said->blamed, 1), *where = xstrdup("");
	/* The library's types have nothing in them that a student has written. */
	char *inner = strstr(what, ".__");
	if (inner != NULL)
		*inner = '\0';
	if (namer_code(namer, run->workload_path, &said->blamed_at, &place)) {
		char *text = place_text(&place);
		text_replace(&where, xasprintf(said->blame == BLAME_FUTEX ? _(" in %s") : _(", used in %s"), text));
		free(text);
	}
	place_free(&place);
	char *sentence = blame_sentence(said, what, where);
	free(what);
	free(where);
	return sentence;
}
