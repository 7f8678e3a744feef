#include "steps.h"

#include <stdlib.h>
#include <string.h>

#include "asked.h"
#include "kinds.h"
#include "saying.h"
#include "text.h"
#include "translate.h"

static const char *const step_names[] = {
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
	[STEP_HAPPENS] = "note",
};

static const char *step_name(unsigned kind)
{
	return kind < sizeof(step_names) / sizeof(step_names[0]) && step_names[kind] != NULL ? step_names[kind]
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

/* ---- what those who are inside do ---- */

/* NULL: the general words will do. The caller owns it. */
static char *inside_words(const struct explore_step *said, const struct kind_inside *inside)
{
	const char *words = said->kind == STEP_ENTER          ? inside->enter
			    : said->kind == STEP_ENTER_SHARED ? inside->enter_shared
			    : said->kind == STEP_LEAVE        ? inside->leave
							      : "";
	if (words[0] == '\0')
		return NULL;
	/* An instructor's words: what stands there for the number is no format of ours. */
	struct saying saying = { 0 };
	struct saying_part *part = saying_add(&saying);
	part->sentence = true;
	part->words = xstrdup(words);
	saying_add(saying_add_argument(part))->words = xasprintf("%u", (unsigned)said->value);
	char *text = saying_written(&saying);
	saying_free(&saying);
	return text;
}

static char *with_words(const char *before, const char *words, const char *behind)
{
	return words[0] != '\0' ? xasprintf("%s%s%s", before, words, behind) : NULL;
}

char *steps_sentence(enum said said, const struct plugin_kind *kind)
{
	switch (said) {
	case SAID_THREADS_ARE_IN_THE_CRITICAL:
		return with_words("threads %s ", kind->inside.together, "");
	case SAID_THREADS_ARE_INSIDE_TOGETHER_WHERE:
		return with_words("threads %s ", kind->inside.too_many, " %u may be");
	case SAID_ONE_OF_THEM_ENTERED_ALONE:
		return with_words("threads %u and %u ", kind->inside.one_alone, "");
	case SAID_EACH_OF_THEM_ENTERED_ALONE:
		return with_words("threads %u and %u ", kind->inside.each_alone, "");
	default:
		return NULL;
	}
}

/* ---- names ---- */

char *steps_call(const struct explore_step *said, struct namer *namer)
{
	char *call = xstrdup(said->note);
	if (said->address.module != MODULE_NONE && said->address.module != MODULE_OTHER) {
		char *object = namer_object(namer, &said->address);
		text_replace(&call, xasprintf("%s(%s)", call, object));
		free(object);
	}
	if ((said->flags & STEP_HELD) != 0)
		text_replace(&call, say(N_("%s held by thread %u"), call, said->newest_thread));
	return call;
}

/* 1 + the number of the plugin object that the step is about; 0: of none, or it does not say so. */
static uint32_t object_of(const struct explore_step *step)
{
	if (step->kind == STEP_CALL || step->kind == STEP_RETURN)
		return step->object;
	return step->address.module == MODULE_OBJECT || step->address.module == MODULE_POINTED ? step->address.index + 1
											       : 0;
}

/* Whether the story is about more than one object. */
static bool has_two_objects(const struct explored *explored)
{
	uint32_t first = 0;
	for (size_t i = 0; i < explored->n_steps; i++) {
		uint32_t object = object_of(&explored->steps[i]);
		if (first != 0 && object != 0 && object != first)
			return true;
		first = object != 0 ? object : first;
	}
	return false;
}

static char letter_of(uint32_t object)
{
	return (char)('A' + (object - 1) % 26);
}

/* "semaphore->value" of the second semaphore is "B->value". */
static void add_letter(char **name, const struct wire_place *address, const char *kind)
{
	char *pointer = xasprintf("%s->", kind), letter[] = { letter_of(address->index + 1), '-', '>', '\0' };
	if (*name != NULL && (address->module == MODULE_OBJECT || address->module == MODULE_POINTED))
		text_replace(name, text_replaced(*name, pointer, letter));
	free(pointer);
}

/* The object that the call which begins at step `i` is about: as the workload says, else by what the call does in it;
 * 0: it does nothing. */
static uint32_t object_of_call(const struct explored *explored, size_t i)
{
	if (explored->steps[i].object != 0)
		return explored->steps[i].object;
	for (size_t k = i + 1; k < explored->n_steps; k++) {
		const struct explore_step *step = &explored->steps[k];
		if (step->thread != explored->steps[i].thread)
			continue;
		if (step->kind == STEP_RETURN)
			return 0;
		if (object_of(step) != 0)
			return object_of(step);
	}
	return 0;
}

/* "A, condition 0"; NULL: neither is told. `about` is taken over. */
static char *call_note(uint32_t object, char *about)
{
	if (object == 0)
		return about;
	char *note = about != NULL ? xasprintf("%c, %s", letter_of(object), about) : xasprintf("%c", letter_of(object));
	free(about);
	return note;
}

/* ---- steps ---- */

static char *note_of(const struct explore_step *said, struct namer *namer, const struct plugin_kind *kind)
{
	if (said->kind == STEP_LIBRARY || said->kind == STEP_WAITS)
		return said->note[0] != '\0' ? steps_call(said, namer) : NULL;
	if (said->kind == STEP_LEFT_OUT)
		return say_n("%u step of the story is left out here", "%u steps of the story are left out here",
			     (unsigned long)said->value, (unsigned)said->value);
	if (said->note[0] != '\0')
		return xstrdup(said->note);
	return inside_words(said, &kind->inside);
}

/* A value of the step in words: an item that has been put, what it points to; NULL: the number. */
static char *value_name(const struct explore_step *said, uint64_t value, const struct wire_place *at,
			const struct asked *asked, struct namer *namer)
{
	char *name = asked_item(asked, value, said->size);
	return name != NULL ? name : namer_value(namer, &said->address, said->size, value, at);
}

static void name_values(struct step *step, const struct explore_step *said, const struct asked *asked,
			struct namer *namer)
{
	if (!accesses_memory(said->kind))
		return;
	if (step->has_value)
		step->value_name = value_name(said, said->value, &said->value_at, asked, namer);
	if (step->has_stored)
		step->stored_name = value_name(said, said->stored, &said->stored_at, asked, namer);
	if (step->has_newest)
		step->newest_name = value_name(said, said->newest, &said->newest_at, asked, namer);
}

static struct step *add_step(struct counterexample *counterexample, const struct explore_step *said,
			     const struct judge_run *run, struct namer *namer)
{
	struct step *step = counterexample_add_step(counterexample);
	const char *order = order_name(said->order);
	step->thread = said->thread;
	step->op = xstrdup(step_name(said->kind));
	if (said->kind == STEP_CALL || said->kind == STEP_RETURN)
		step->variable = xstrdup(kind_operation_name(namer_kind(namer), (uint32_t)said->value));
	else if (accesses_memory(said->kind))
		step->variable = namer_data(namer, &said->address, said->size);
	step->order = order != NULL ? xstrdup(order) : NULL;
	step->has_value = (said->flags & STEP_HAS_VALUE) != 0;
	step->has_stored = (said->flags & STEP_HAS_STORED) != 0;
	step->has_newest = (said->flags & STEP_STALE) != 0;
	step->culprit = (said->flags & STEP_CULPRIT) != 0;
	step->context = (said->flags & STEP_CONTEXT) != 0;
	step->value = extend(said->value, said->size);
	step->stored = extend(said->stored, said->size);
	step->newest = extend(said->newest, said->size);
	step->newest_thread = said->newest_thread;
	step->repeat = said->repeat != 0 ? said->repeat : 1;
	step->note = note_of(said, namer, namer_kind(namer));
	namer_code(namer, run->workload_path, &said->place, &step->place);
	return step;
}

void steps_add(struct counterexample *counterexample, const struct explored *explored, const struct judge_run *run,
	       struct namer *namer)
{
	bool letters = has_two_objects(explored);
	struct asked asked = { 0 };
	for (size_t i = 0; i < explored->n_steps; i++) {
		const struct explore_step *said = &explored->steps[i];
		struct step *step = add_step(counterexample, said, run, namer);
		if (said->kind == STEP_CALL)
			step->note = call_note(letters ? object_of_call(explored, i) : 0, asked_of(&asked, said));
		else if (said->kind == STEP_RETURN)
			step->note = asked_of(&asked, said);
		name_values(step, said, &asked, namer);
		if (letters) {
			add_letter(said->kind == STEP_LIBRARY || said->kind == STEP_WAITS ? &step->note
											  : &step->variable,
				   &said->address, namer_kind(namer)->name);
			add_letter(&step->value_name, &said->value_at, namer_kind(namer)->name);
			add_letter(&step->stored_name, &said->stored_at, namer_kind(namer)->name);
			add_letter(&step->newest_name, &said->newest_at, namer_kind(namer)->name);
		}
	}
	asked_free(&asked);
}
