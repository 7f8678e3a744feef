#include "explored.h"

#include <stdlib.h>
#include <string.h>

#include "saying.h"
#include "schedule_text.h"
#include "steps.h"
#include "text.h"
#include "told.h"
#include "translate.h"

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

/* Whether the plugin's accesses are not all sequentially consistent: else it would change nothing if they were. (What
 * the workload waits for orders nothing, so that stale values are read all the same.) */
static bool has_weaker_accesses(const struct explored *explored)
{
	for (size_t i = 0; i < explored->n_steps; i++) {
		const struct explore_step *step = &explored->steps[i];
		bool own = step->address.module == MODULE_OBJECT || step->address.module == MODULE_PLUGIN ||
			   step->address.module == MODULE_OTHER || step->address.module == MODULE_POINTED ||
			   step->address.module == MODULE_HEAP;
		if (step->kind <= STEP_PLAIN_WRITE && step->kind != STEP_FENCE && own &&
		    (step->flags & STEP_CONTEXT) == 0 && step->order != __ATOMIC_SEQ_CST)
			return true;
	}
	return false;
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
	counterexample->only_weak = said->only_weak != 0 && has_weaker_accesses(explored);
	namer_begin_story(namer, explored->steps, explored->n_steps);
	counterexample->summary = told_words(explored, run, namer);
	counterexample->cycle_begin = said->cycle_begin <= explored->n_steps ? said->cycle_begin : 0;
	counterexample->cycle_end = said->cycle_end <= explored->n_steps ? said->cycle_end : 0;
	steps_add(counterexample, explored, run, namer);
	namer_end_story(namer);
	return counterexample;
}

static char *blame_sentence(const struct frame_explore_property *said, const char *what, const char *where)
{
	switch ((enum explore_blame)said->blame) {
	case BLAME_VARIABLE:
		return say(N_("Each process has a copy of its own of %s%s, which lies outside of the object."), what,
			   where);
	case BLAME_HEAP:
		return say(N_("Each process has a copy of its own of what init() took from the heap%s."), where);
	case BLAME_FUTEX:
		return say(N_("The futex %s is used with FUTEX_PRIVATE_FLAG%s: it wakes nobody in another process."),
			   what, where);
	case BLAME_OBJECT:
		return say(N_("It is %s%s."), what, where);
	case BLAME_FREED:
		return where[0] != '\0' ? say(N_("It was freed in %s."), where) : NULL;
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
		if (said->blame == BLAME_FREED)
			text_replace(&where, xstrdup(text));
		else
			text_replace(&where, say(said->blame == BLAME_FUTEX ? N_(" in %s") : N_(", used in %s"), text));
		free(text);
	}
	place_free(&place);
	char *sentence = blame_sentence(said, what, where);
	free(what);
	free(where);
	return sentence;
}
