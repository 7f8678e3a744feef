#include "reasons.h"

#include <stdlib.h>
#include <string.h>

#include "saying.h"
#include "source.h"
#include "text.h"
#include "translate.h"

/* The story that is looked at. */
struct story {
	const struct explored *explored; /* without plain accesses that are told for their values */
	const struct explored *whole;
	const struct judge_run *run;
	struct namer *namer;
};

static const size_t none = (size_t)-1;

static const struct explore_step *at(const struct story *story, size_t i)
{
	return &story->explored->steps[i];
}

static size_t count(const struct story *story)
{
	return story->explored->n_steps;
}

/* ---- what steps are ---- */

static bool same_place(const struct wire_place *one, const struct wire_place *other)
{
	return one->module == other->module && one->offset == other->offset && one->index == other->index &&
	       one->within == other->within && one->module != MODULE_NONE;
}

static bool calls(const struct explore_step *step, const char *const *names)
{
	for (; step->kind == STEP_LIBRARY && *names != NULL; names++) {
		if (strcmp(step->note, *names) == 0)
			return true;
	}
	return false;
}

static bool locks(const struct explore_step *step)
{
	static const char *const names[] = { "pthread_mutex_lock", "mtx_lock", "pthread_spin_lock", NULL };
	return calls(step, names);
}

static bool unlocks(const struct explore_step *step)
{
	static const char *const names[] = { "pthread_mutex_unlock", "mtx_unlock", "pthread_spin_unlock", NULL };
	return calls(step, names);
}

static bool sleeps(const struct explore_step *step)
{
	static const char *const names[] = { "pthread_cond_wait",
					     "pthread_cond_timedwait",
					     "pthread_cond_clockwait",
					     "cnd_wait",
					     "cnd_timedwait",
					     "std::condition_variable::wait",
					     NULL };
	return calls(step, names);
}

static bool wakes(const struct explore_step *step)
{
	static const char *const names[] = { "pthread_cond_signal",
					     "pthread_cond_broadcast",
					     "cnd_signal",
					     "cnd_broadcast",
					     "std::condition_variable::notify_one",
					     "std::condition_variable::notify_all",
					     NULL };
	return calls(step, names);
}

static bool is_write(const struct explore_step *step)
{
	return (step->flags & STEP_HAS_STORED) != 0 && step->kind <= STEP_PLAIN_WRITE;
}

/* The step of the same thread before or after `i`; `none`. */
static size_t before(const struct story *story, size_t i)
{
	for (size_t k = i; k-- > 0;) {
		if (at(story, k)->thread == at(story, i)->thread)
			return k;
	}
	return none;
}

static size_t after(const struct story *story, size_t i)
{
	for (size_t k = i + 1; k < count(story); k++) {
		if (at(story, k)->thread == at(story, i)->thread)
			return k;
	}
	return none;
}

/* ---- in words ---- */

/* "line 15"; "atomic_base.h:488", whose lines are not the student's; "?" */
static char *line_of(const struct story *story, const struct explore_step *step)
{
	struct source_place place;
	namer_code(story->namer, story->run->workload_path, &step->place, &place);
	char *text = place.line == 0                                       ? xstrdup("?")
		     : place.file != NULL && !source_is_source(place.file) ? xasprintf("%s:%u", place.file, place.line)
									   : say(N_("line %u"), place.line);
	place_free(&place);
	return text;
}

/* ---- reasons ---- */

/* Where `thread` locked what `wanted` waits for, and has not unlocked it since. */
static size_t locked_at(const struct story *story, const struct explore_step *wanted, unsigned thread)
{
	size_t where = none;
	for (size_t i = 0; i < count(story); i++) {
		const struct explore_step *step = at(story, i);
		if (step->thread != thread || !same_place(&step->address, &wanted->address) || step->kind == STEP_WAITS)
			continue;
		size_t next = after(story, i);
		/* Whoever waits for it last locks it no more. */
		if (locks(step) && next != none && at(story, next)->kind == STEP_WAITS &&
		    same_place(&at(story, next)->address, &wanted->address))
			continue;
		where = locks(step) ? i : unlocks(step) ? none : where;
	}
	return where;
}

/* Those that return with what keeps others out. */
static bool is_to_keep_out(const struct story *story, uint32_t number)
{
	const struct kind_operation *operation = kind_operation(namer_kind(story->namer), number);
	return operation != NULL && operation->keeps_out;
}

/* Whether the call that returns there is known to be of the plugin object that has the mutex. */
static bool is_of_its_object(const struct explore_step *returns, const struct wire_place *mutex)
{
	return (mutex->module == MODULE_OBJECT || mutex->module == MODULE_POINTED) && returns->object != 0 &&
	       returns->object == mutex->index + 1;
}

/* The return of the call that locked it there, or, where that is to keep it, of the next that is not. */
static size_t returned_with_it(const struct story *story, size_t locked)
{
	bool kept = false;
	for (size_t k = locked; k != none; k = after(story, k)) {
		if (at(story, k)->kind != STEP_RETURN)
			continue;
		bool keeps = is_to_keep_out(story, (uint32_t)at(story, k)->value);
		if (!keeps && (!kept || is_of_its_object(at(story, k), &at(story, locked)->address)))
			return k;
		kept = true;
	}
	return none;
}

/* "wait() returned with semaphore->mutex still locked (line 15)" */
static char *returned_locked(const struct story *story)
{
	for (size_t i = 0; i < count(story); i++) {
		const struct explore_step *step = at(story, i);
		if (step->kind != STEP_WAITS || (step->flags & STEP_HELD) == 0)
			continue;
		size_t where = locked_at(story, step, step->newest_thread);
		size_t k = where != none ? returned_with_it(story, where) : none;
		if (k == none)
			continue;
		char *object = namer_object(story->namer, &at(story, where)->address),
		     *line = line_of(story, at(story, where));
		char *text =
		    say(N_("%s() returned with %s still locked (%s)"),
			kind_operation_name(namer_kind(story->namer), (uint32_t)at(story, k)->value), object, line);
		free(object);
		free(line);
		return text;
	}
	return NULL;
}

static const struct explore_step *wait_of(const struct story *story, unsigned thread)
{
	for (size_t i = 0; i < count(story); i++) {
		if (at(story, i)->kind == STEP_WAITS && at(story, i)->thread == thread)
			return at(story, i);
	}
	return NULL;
}

/* Someone waits, inside a mutex, for what needs the mutex to be done. */
static char *waits_inside_a_mutex(const struct story *story)
{
	for (size_t i = 0; i < count(story); i++) {
		const struct explore_step *step = at(story, i);
		if (step->kind != STEP_WAITS || (step->flags & STEP_HELD) == 0)
			continue;
		const struct explore_step *holder = wait_of(story, step->newest_thread);
		if (holder == NULL || (holder->flags & STEP_HELD) != 0)
			continue;
		char *object = namer_object(story->namer, &step->address), *line = line_of(story, holder);
		char *text = say(N_("thread %u waits (%s) with %s locked, and keeps out those that could end its wait"),
				 holder->thread, line, object);
		free(object);
		free(line);
		return text;
	}
	return NULL;
}

/* Each waits for what the next holds. */
static char *circle(const struct story *story)
{
	for (size_t i = 0; i < count(story); i++) {
		const struct explore_step *step = at(story, i), *next = step;
		unsigned length = 0;
		if (step->kind != STEP_WAITS)
			continue;
		while (next != NULL && (next->flags & STEP_HELD) != 0 && length++ < count(story)) {
			if (next->newest_thread == step->thread)
				return length > 1
					   ? say_only(N_("they wait in a circle: each for what the next one holds"))
					   : NULL;
			next = wait_of(story, next->newest_thread);
		}
	}
	return NULL;
}

/* Whether anybody sleeps on that condition before step `i`. */
static bool anybody_sleeps(const struct story *story, size_t i, const struct wire_place *condition)
{
	for (size_t k = 0; k < i; k++) {
		size_t next = after(story, k);
		if (sleeps(at(story, k)) && same_place(&at(story, k)->address, condition) && (next == none || next > i))
			return true;
	}
	return false;
}

/* Whether that is written by who signals, after the signal; the steps are of the whole story. */
static bool changed_after(const struct story *story, size_t signal, unsigned by, const struct wire_place *place)
{
	for (size_t i = signal + 1; i < story->whole->n_steps; i++) {
		const struct explore_step *step = &story->whole->steps[i];
		if (step->thread == by && is_write(step) && same_place(&step->address, place))
			return true;
	}
	return false;
}

/* Whether the thread, between the signal and its sleep, looks at something that who signals does not change any more:
 * then it has not missed what it was signalled for. */
static bool looks_after(const struct story *story, size_t signal, size_t sleep)
{
	size_t bare = 0, signalled = 0;
	for (size_t i = 0; i < story->whole->n_steps && bare <= sleep; i++) {
		const struct explore_step *step = &story->whole->steps[i];
		signalled = bare == signal ? i : signalled;
		if (bare > signal && step->thread == at(story, sleep)->thread &&
		    (step->kind == STEP_LOAD || step->kind == STEP_PLAIN_READ) &&
		    !changed_after(story, signalled, at(story, signal)->thread, &step->address))
			return true;
		bare += (step->flags & STEP_CONTEXT) == 0;
	}
	return false;
}

/* A signal that came when nobody slept, and another thread that sleeps on that condition for ever since. */
static char *lost_signal(const struct story *story)
{
	for (size_t i = 0; i < count(story); i++) {
		size_t sleep = at(story, i)->kind == STEP_WAITS ? before(story, i) : none, signal = none;
		if (sleep == none || !sleeps(at(story, sleep)))
			continue;
		const struct wire_place *condition = &at(story, sleep)->address;
		for (size_t k = 0; k < count(story); k++) {
			if (wakes(at(story, k)) && at(story, k)->thread != at(story, sleep)->thread &&
			    same_place(&at(story, k)->address, condition))
				signal = k;
		}
		if (signal == none || signal > sleep || anybody_sleeps(story, signal, condition) ||
		    looks_after(story, signal, sleep))
			continue;
		char *line = line_of(story, at(story, signal)), *where = line_of(story, at(story, sleep));
		char *text = say(N_("thread %u signals (%s) when nobody waits, which is lost; then thread %u waits "
				    "(%s): test and change what you wait for under one mutex"),
				 at(story, signal)->thread, line, at(story, sleep)->thread, where);
		free(line);
		free(where);
		return text;
	}
	return NULL;
}

/* Whether, between the step and the end of its call, the thread waits once more. */
static bool waits_again(const struct story *story, size_t i)
{
	for (size_t k = after(story, i); k != none && at(story, k)->kind != STEP_RETURN; k = after(story, k)) {
		if (sleeps(at(story, k)) || strcmp(at(story, k)->note, "FUTEX_WAIT") == 0)
			return true;
	}
	return false;
}

/* A wait came back for no reason while nobody did anything, so that what it waited for is as it was; and the call does
 * not wait again. */
static char *believes_its_wake(const struct story *story)
{
	for (size_t i = 1; i < count(story); i++) {
		const struct explore_step *sleep = at(story, i - 1);
		if (at(story, i)->kind != STEP_HAPPENS || said_what(at(story, i)->note) != SAID_WAKES_FOR_NO_REASON ||
		    sleep->thread != at(story, i)->thread || sleep->kind != STEP_LIBRARY || waits_again(story, i))
			continue;
		char *line = line_of(story, at(story, i));
		char *text = say(N_("%s may return for no reason, as here (%s), and thread %u goes on: a wake-up says: "
				    "look again (while), not: it is yours (if)"),
				 sleep->note, line, sleep->thread);
		free(line);
		return text;
	}
	return NULL;
}

static char *weak_text(const struct story *story, const char *sentence, size_t i)
{
	const struct explore_step *step = at(story, i);
	char *name = namer_data(story->namer, &step->address, step->size), *line = line_of(story, step);
	char *text = say(sentence, name, line);
	free(name);
	free(line);
	return text;
}

static bool is_plugins(const struct explore_step *step)
{
	return step->address.module == MODULE_OBJECT || step->address.module == MODULE_POINTED ||
	       step->address.module == MODULE_PLUGIN || step->address.module == MODULE_HEAP;
}

/* Whether the story ends where a thread does not see what another has written: who came after who left, or who reads
 * the workload's data as they were before. */
static bool ends_without_seeing(const struct story *story)
{
	const struct explore_step *last = count(story) > 0 ? at(story, count(story) - 1) : NULL;
	return last != NULL && (said_what(story->explored->said.message) == SAID_THREAD_ENTERS_AFTER_THREAD_LEFT ||
				((last->flags & STEP_STALE) != 0 && last->address.module == MODULE_DATA));
}

/* Who came read what who left had written, and one of the two accesses orders nothing. */
static char *orders_nothing(const struct story *story)
{
	size_t last = none, first = none;
	if (!ends_without_seeing(story))
		return NULL;
	const struct explore_step *end = at(story, count(story) - 1);
	unsigned reader = end->thread;
	bool stale = (end->flags & STEP_STALE) != 0;
	for (size_t i = 0; i < count(story); i++) {
		const struct explore_step *step = at(story, i);
		if (step->kind == STEP_FENCE || step->kind == STEP_LIBRARY)
			return NULL;
		if (step->thread != reader && is_write(step) && is_plugins(step))
			last = i;
	}
	for (size_t i = last != none ? last + 1 : count(story); i < count(story); i++) {
		if (at(story, i)->thread == reader && same_place(&at(story, i)->address, &at(story, last)->address))
			first = i;
	}
	/* By a third thread's write it is another's that the reader does not see. */
	if (first == none || (stale && at(story, last)->thread != end->newest_thread))
		return NULL;
	if (at(story, last)->kind == STEP_PLAIN_WRITE || at(story, first)->kind == STEP_PLAIN_READ)
		return weak_text(
		    story,
		    namer_is_volatile(story->namer, &at(story, last)->address, at(story, last)->size)
			? N_("%s is volatile, not atomic (%s): volatile orders nothing between threads, and "
			     "whoever reads it sees nothing else for sure")
			: N_("%s is not atomic (%s): whoever reads it sees nothing else for sure"),
		    last);
	if (at(story, last)->order == __ATOMIC_RELAXED)
		return weak_text(
		    story,
		    N_("%s is written relaxed (%s), which makes nothing else visible: release, and acquire "
		       "where it is read"),
		    last);
	if (at(story, first)->order == __ATOMIC_RELAXED)
		return weak_text(
		    story,
		    N_("%s is read relaxed (%s), which makes nothing else visible: acquire, and release where "
		       "it is written"),
		    first);
	return NULL;
}

/* What races, in the end, is volatile. */
static char *volatile_races(const struct story *story)
{
	const struct explore_step *last = count(story) > 0 ? at(story, count(story) - 1) : NULL;
	if (last == NULL || (last->kind != STEP_PLAIN_READ && last->kind != STEP_PLAIN_WRITE) || !is_plugins(last) ||
	    !namer_is_volatile(story->namer, &last->address, last->size))
		return NULL;
	char *name = namer_data(story->namer, &last->address, last->size);
	char *text = say(N_("%s is volatile, which orders nothing between threads"), name);
	free(name);
	return text;
}

/* Two threads read the same, and then both write it: each believes what it has read. */
static char *read_then_written(const struct story *story)
{
	for (size_t w = 0; w < count(story); w++) {
		const struct explore_step *write = at(story, w);
		size_t r = before(story, w);
		while (r != none && at(story, r)->kind != STEP_CALL &&
		       !(same_place(&at(story, r)->address, &write->address) && !is_write(at(story, r)) &&
			 (at(story, r)->flags & STEP_HAS_VALUE) != 0))
			r = before(story, r);
		if (!is_write(write) || r == none || at(story, r)->kind == STEP_CALL)
			continue;
		for (size_t i = r + 1; i < w; i++) {
			if (at(story, i)->thread == write->thread || !is_write(at(story, i)) ||
			    !same_place(&at(story, i)->address, &write->address))
				continue;
			char *name = namer_data(story->namer, &write->address, write->size);
			char *read_line = line_of(story, at(story, r)), *line = line_of(story, write),
			     *between = line_of(story, at(story, i));
			char *text = say(N_("thread %u reads %s (%s) and writes it (%s): between the two, thread %u "
					    "writes it too (%s). It has to be one step"),
					 write->thread, name, read_line, line, at(story, i)->thread, between);
			free(name);
			free(read_line);
			free(line);
			free(between);
			return text;
		}
	}
	return NULL;
}

/* "lock->flag[2]": the length of "lock->flag" where the number is `index`; 0: it is none. */
static size_t array_name(const char *name, uint64_t index)
{
	char *end = xasprintf("[%llu]", (unsigned long long)index);
	size_t length = text_ends(name, end) ? strlen(name) - strlen(end) : 0;
	free(end);
	return length;
}

/* How many elements, as large as the access, the array has of which `step` accesses the one of its thread's number; and
 * what the array is called. 0: there is none such. */
static unsigned elements_of(const struct story *story, const struct explore_step *step, char **array)
{
	enum { ELEMENTS_MAX = 64 };
	struct wire_place element = step->address;
	uint64_t before_it = (uint64_t)step->thread * step->size;
	unsigned n = 0;
	*array = NULL;
	if (element.module != MODULE_OBJECT || step->size == 0 || element.offset < before_it ||
	    (int64_t)element.offset < 0)
		return 0;
	for (element.offset -= before_it; n < ELEMENTS_MAX; n++, element.offset += step->size) {
		char *name = namer_data(story->namer, &element, step->size);
		size_t length = array_name(name, n);
		bool same =
		    length > 0 && (*array == NULL || (strlen(*array) == length && strncmp(*array, name, length) == 0));
		if (same && *array == NULL)
			*array = xstrndup(name, length);
		free(name);
		if (!same)
			break;
	}
	return n;
}

/* Who loops without looking at memory again has looked once, at the line of the loop: at what is not atomic. */
static char *looked_once(const struct story *story)
{
	const struct wire_place *loop = &story->explored->said.code;
	struct source_place where = { 0 }, read = { 0 };
	const struct explore_step *last = count(story) > 0 ? at(story, count(story) - 1) : NULL;
	char *text = NULL;
	bool known = last != NULL && last->kind == STEP_PLAIN_READ && !is_write(last) &&
		     namer_code(story->namer, story->run->workload_path, loop, &where) &&
		     namer_code(story->namer, story->run->workload_path, &last->place, &read) && where.line > 0 &&
		     where.line == read.line && where.file != NULL && read.file != NULL &&
		     strcmp(where.file, read.file) == 0;
	if (known)
		text = weak_text(story, N_("%s is not atomic: the compiler reads it once, before the loop (%s)"),
				 count(story) - 1);
	place_free(&where);
	place_free(&read);
	return text != NULL ? text : say_only(N_("what is not atomic, the compiler may read once, before the loop"));
}

/* Of an array with a place for each thread, the same instruction accesses a place that it has not: for one thread
 * number k place k, for another, with as many bytes between as there are between their numbers, what lies beyond. */
static char *no_place_for_a_thread(const struct story *story)
{
	for (size_t i = 0; i < count(story); i++) {
		const struct explore_step *within = at(story, i);
		char *array = NULL, *text = NULL;
		unsigned n = within->kind <= STEP_PLAIN_WRITE ? elements_of(story, within, &array) : 0;
		for (size_t k = 0; k < count(story) && n > within->thread && text == NULL; k++) {
			const struct explore_step *beyond = at(story, k);
			uint64_t shift = ((uint64_t)beyond->thread - within->thread) * within->size;
			if (beyond->kind != within->kind || beyond->size != within->size || beyond->thread < n ||
			    !same_place(&beyond->place, &within->place) || beyond->address.module != MODULE_OBJECT ||
			    beyond->address.index != within->address.index ||
			    beyond->address.offset != within->address.offset + shift)
				continue;
			char *line = line_of(story, beyond);
			if (namer_kind(story->namer)->threads_max)
				text = say(N_("%s has %u places, and thread %u uses one beyond them (%s): say for how "
					      "many threads it is (.threads_max = %u), or make it larger"),
					   array, n, beyond->thread, line, n);
			else
				text =
				    say(N_("%s has %u places, and thread %u uses one beyond them (%s): make it larger"),
					array, n, beyond->thread, line);
			free(line);
		}
		free(array);
		if (text != NULL)
			return text;
	}
	return NULL;
}

/* ---- all of them ---- */

enum about { ABOUT_ANY, ABOUT_WAITING, ABOUT_INSIDE, ABOUT_RACE };

static const struct {
	enum about about;
	char *(*judge)(const struct story *story);
} reasons[] = {
	{ ABOUT_ANY, no_place_for_a_thread },    { ABOUT_WAITING, returned_locked },
	{ ABOUT_WAITING, waits_inside_a_mutex }, { ABOUT_WAITING, circle },
	{ ABOUT_WAITING, lost_signal },          { ABOUT_INSIDE, believes_its_wake },
	{ ABOUT_INSIDE, orders_nothing },        { ABOUT_INSIDE, read_then_written },
	{ ABOUT_RACE, volatile_races },
};

static bool ends_waiting(const struct story *story)
{
	return count(story) > 0 && at(story, count(story) - 1)->kind == STEP_WAITS;
}

static bool is_inside(uint32_t property)
{
	return property == PROPERTY_MUTUAL_EXCLUSION || property == PROPERTY_CAPACITY ||
	       property == PROPERTY_ORDERING || property == PROPERTY_INDEPENDENCE;
}

static bool fits(enum about about, const struct explored *explored, bool waiting)
{
	switch (about) {
	case ABOUT_WAITING:
		return waiting;
	case ABOUT_INSIDE:
		return !waiting && is_inside(explored->said.property);
	case ABOUT_RACE:
		return explored->said.property == PROPERTY_DATA_RACE;
	default:
		return true;
	}
}

/* The steps without the plain accesses that are told for their values. */
static struct explored without_context(const struct explored *explored)
{
	struct explored bare = *explored;
	bare.n_steps = 0;
	bare.steps = xcalloc(explored->n_steps + 1, sizeof(*bare.steps));
	for (size_t i = 0; i < explored->n_steps; i++) {
		if ((explored->steps[i].flags & STEP_CONTEXT) == 0)
			bare.steps[bare.n_steps++] = explored->steps[i];
	}
	return bare;
}

char *reason_of(const struct explored *explored, const struct judge_run *run, struct namer *namer)
{
	struct explored bare = without_context(explored);
	struct story story = { &bare, explored, run, namer };
	bool waiting = ends_waiting(&story);
	char *reason = NULL;
	if (said_what(explored->said.message) == SAID_THREAD_LOOPS_FOR_EVER_WITHOUT)
		reason = looked_once(&story);
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]) && reason == NULL; i++) {
		if (fits(reasons[i].about, explored, waiting))
			reason = reasons[i].judge(&story);
	}
	free(bare.steps);
	return reason;
}
