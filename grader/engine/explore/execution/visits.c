/* What the workload marks: who is inside a section together; and its services, which run on fibers. */
#include "execution.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "board.h"
#include "calls.h"
#include "lifetime.h"
#include "process.h"
#include "shortcut.h"

/* ---- the sections ---- */

/* Whether `a` has left before `b` entered, in every execution that has what is before b (porf), or for b to see (hb).
 */
static bool left_before(const struct visit *a, const struct visit *b, bool hb)
{
	return a->leave != UINT32_MAX && (hb ? &b->hb : &b->porf)->c[a->thread] > (int)a->leave;
}

static bool apart(const struct visit *a, const struct visit *b)
{
	return a->thread == b->thread || left_before(a, b, false) || left_before(b, a, false);
}

static void prefix_of(const struct visit *const *visit, uint32_t n, union clock *prefix, uint32_t *marks)
{
	memset(prefix, 0, sizeof *prefix);
	for (uint32_t t = 0; t < THREADS_MAX; t++)
		marks[t] = UINT32_MAX;
	for (uint32_t i = 0; i < n; i++) {
		clock_join(prefix, &visit[i]->porf);
		marks[visit[i]->thread] = visit[i]->mark;
	}
}

static void violated(const struct visit *new, const struct visit *const *visit, uint32_t n, uint32_t rank,
		     const char *message)
{
	union clock prefix;
	uint32_t marks[THREADS_MAX];
	uint32_t capacity = machine->capacity[new->section];

	prefix_of(visit, n, &prefix, marks);
	finding_within(capacity > 1 ? PROPERTY_CAPACITY : PROPERTY_MUTUAL_EXCLUSION, new->thread, &prefix, marks, rank,
		       message);
}

static bool fits(const struct visit *candidate, const struct visit *const *clique, uint32_t n)
{
	bool all = candidate->section == clique[0]->section;

	for (uint32_t k = 0; k < n && all; k++)
		all = !apart(candidate, clique[k]);
	return all;
}

/* Of a thread's visits with no event between them, which a plugin that does nothing makes, the first: less has to be
 * told of it. */
static const struct visit *first_like(const struct execution *x, const struct visit *candidate,
				      const struct visit *const *clique, uint32_t n)
{
	const struct visit *first = candidate;

	for (const struct visit *visit = candidate; visit-- > x->visit;) {
		if (visit->thread == candidate->thread && visit->enter == candidate->enter &&
		    visit->shared == candidate->shared && fits(visit, clique, n))
			first = visit;
	}
	return first;
}

/* Grows `clique`, visits that are pairwise not apart, by those before `limit`; returns the largest size reached, or
 * `least`, for what is no larger is not looked for; and leaves the first clique of `enough` in place. */
static uint32_t grow_clique(struct execution *x, const struct visit **clique, uint32_t n, uint32_t limit,
			    uint32_t least, uint32_t enough)
{
	uint32_t most = n > least ? n : least;

	if (most >= enough)
		return most;
	/* With all that are left it has to be larger. */
	for (uint32_t i = limit; i-- > 0 && n + i + 1 > most;) {
		const struct visit *candidate = &x->visit[i];
		if (!fits(candidate, clique, n))
			continue;
		clique[n] = first_like(x, candidate, clique, n);
		most = grow_clique(x, clique, n + 1, i, most, enough);
		if (most >= enough)
			return most;
	}
	return most;
}

/* More than all threads that were in the section are not in it together. */
static uint32_t threads_in(const struct execution *x, uint32_t section)
{
	bool seen[THREADS_MAX] = { false };
	uint32_t n = 0;

	for (uint32_t i = 0; i < x->n_visits; i++) {
		const struct visit *visit = &x->visit[i];
		n += visit->section == section && !seen[visit->thread];
		seen[visit->thread] = seen[visit->thread] || visit->section == section;
	}
	return n;
}

static void count_readers(struct execution *x, const struct visit *new)
{
	const struct visit *clique[VISITS_MAX] = { new };
	uint32_t *most = &x->most_inside[new->section];

	*most = grow_clique(x, clique, 1, x->n_visits - 1, *most, threads_in(x, new->section));
}

static void check_shared(struct execution *x, const struct visit *new)
{
	for (uint32_t i = 0; i + 1 < x->n_visits; i++) {
		const struct visit *old = &x->visit[i];
		if (old->section != new->section || (old->shared && new->shared) || apart(old, new))
			continue;
		char message[160];
		said_write(message, sizeof message,
			   old->shared || new->shared ? SAID_ONE_OF_THEM_ENTERED_ALONE
						      : SAID_EACH_OF_THEM_ENTERED_ALONE,
			   old->thread, new->thread);
		violated(new, (const struct visit *[]){ old, new }, 2, 0, message);
		return;
	}
}

static void check_seen(struct execution *x, const struct visit *new)
{
	for (uint32_t i = 0; i + 1 < x->n_visits; i++) {
		const struct visit *old = &x->visit[i];
		if (old->section != new->section || old->thread == new->thread || (old->shared && new->shared))
			continue;
		const struct visit *first = left_before(old, new, false) ? old : new;
		const struct visit *second = first == old ? new : old;
		if (left_before(first, second, true) || !left_before(first, second, false))
			continue;
		char message[256];
		said_write(message, sizeof message, SAID_THREAD_ENTERS_AFTER_THREAD_LEFT, second->thread, first->thread,
			   first->thread);

		violated(new, (const struct visit *[]){ first, second }, 2, 1, message);

		return;
	}
}

static void check_capacity(struct execution *x, const struct visit *new)
{
	const struct visit *clique[VISITS_MAX];
	uint32_t capacity = machine->capacity[new->section];
	char message[192], who[128], list[96] = "", last[16];
	size_t used = 0;

	clique[0] = new;
	uint32_t most = grow_clique(x, clique, 1, x->n_visits - 1, 0, capacity + 1);
	if (most > x->most_inside[new->section])
		x->most_inside[new->section] = most;
	if (most <= capacity)
		return;
	for (uint32_t i = most; i-- > 1 && used < sizeof list - 16;)
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%u", i + 1 == most ? "" : ", ",
					 clique[i]->thread);
	snprintf(last, sizeof last, "%u", clique[0]->thread);
	said_write(who, sizeof who, SAID_AND, list, last);
	if (capacity == 1)
		said_write(message, sizeof message, SAID_THREADS_ARE_IN_THE_CRITICAL, who);
	else
		said_write(message, sizeof message, SAID_THREADS_ARE_INSIDE_TOGETHER_WHERE, who, capacity);
	violated(new, clique, most, 0, message);
}

static void enter(struct execution *x, struct run_thread *thread, uint32_t section, bool shared)
{
	struct visit *new;

	if (x->n_visits == VISITS_MAX)
		bound_reached(&machine->bounds, BOUND_VISITS);
	if (x->n_visits == VISITS_MAX || section >= TRIAL_SECTIONS_MAX)
		return;
	new = &x->visit[x->n_visits++];
	*new = (struct visit){ .thread = thread_number(thread),
			       .section = section,
			       .enter = thread->consumed,
			       .leave = UINT32_MAX,
			       .mark = thread->marks,
			       .shared = shared,
			       .porf = thread->porf,
			       .hb = thread->hb };
	bool any_shared = shared;
	for (uint32_t i = 0; i + 1 < x->n_visits && !any_shared; i++)
		any_shared = x->visit[i].section == section && x->visit[i].shared;
	if (any_shared) {
		if (shared)
			count_readers(x, new);
		check_shared(x, new);
	} else {
		check_capacity(x, new);
	}
	if (machine->capacity[section] == 1)
		check_seen(x, new);
}

static void leave(struct execution *x, struct run_thread *thread, uint32_t section)
{
	for (uint32_t i = x->n_visits; i-- > 0;) {
		struct visit *visit = &x->visit[i];
		if (visit->thread == thread_number(thread) && visit->section == section) {
			visit->leave = thread->consumed;
			return;
		}
	}
}

/* ---- marks
 * --------------------------------------------------------------------------------------------------------------------
 */

static void show_on_board(const struct run_thread *thread, uint32_t event)
{
	struct board_thread *shown = &machine->job->board->thread[thread - machine->thread];

	atomic_store_explicit(&shown->operation, thread->operation, memory_order_relaxed);
	/* Fibers run on one thread: nobody else counts here. */
	uint64_t events = atomic_load_explicit(&shown->events, memory_order_relaxed);
	atomic_store_explicit(&shown->events, events + 1, memory_order_relaxed);
	(void)event;
}

static void tell_listener(const struct run_thread *thread, uint32_t event, uint32_t what)
{
	if (machine->listener != NULL)
		machine->listener->mark(machine->listener_context, thread, event, what);
}

static void mark(void *context, struct run_thread *thread, uint32_t event, uint32_t what)
{
	struct execution *x = context;

	if (event == MARK_NO_TIMEOUT) {
		bound_reached(&machine->bounds, BOUND_TIMEOUTS);
		return;
	}
	if (event == MARK_FAILS) {
		char message[WIRE_TEXT_MAX];
		said_write(message, sizeof message, SAID_WORKLOAD, (const char *)thread->fiber->request.argument[2]);
		finding(what, thread_number(thread), message);
		return;
	}
	if (event == MARK_FUTEX) {
		process_note_futex(thread, thread->fiber->request.argument[1]);
		return;
	}
	if (event == TRIAL_RETURN && x->scheduler->exhaustive && !machine->solo && shortcut_returns(x, thread))
		return;
	thread->marks++;
	if (event == MARK_LIBRARY) {
		thread->library_call = (const char *)thread->fiber->request.argument[2];
		thread->library_site = thread->fiber->request.argument[1];
		thread->library_object = thread->fiber->request.argument[3];
		tell_listener(thread, event, what);
		return;
	}
	if (event == MARK_HAPPENS) {
		tell_listener(thread, event, what);
		return;
	}
	if (event == TRIAL_CALL || event == TRIAL_RETURN)
		lifetime_operation(thread, event == TRIAL_CALL, thread->fiber->request.argument[2]);
	machine->has_sections = machine->has_sections || event <= TRIAL_LEAVE;
	if (event == TRIAL_CALL) {
		thread->operation = what;
		thread->operations++;
	} else if (event == TRIAL_RETURN) {
		thread->operation = TRIAL_OPERATION_NONE;
	}
	if (machine->job->board != NULL)
		show_on_board(thread, event);
	tell_listener(thread, event, what);
	if (machine->solo)
		return;
	if (event == TRIAL_ENTER || event == TRIAL_ENTER_SHARED)
		enter(x, thread, what, event == TRIAL_ENTER_SHARED);
	else if (event == TRIAL_LEAVE)
		leave(x, thread, what);
}

/* ---- on the fiber ---- */

static void *service_object(struct trial *t, unsigned index)
{
	(void)t;
	return machine->object[index];
}

static void service_event(struct trial *t, unsigned self, uint32_t event, uint32_t what)
{
	(void)t;
	(void)self;
	if (event <= TRIAL_RETURN)
		call_mark(event, what, __builtin_dwarf_cfa(), NULL);
}

static void service_call(struct trial *t, unsigned self, uint32_t event, uint32_t what, unsigned object, uint64_t about)
{
	(void)t;
	(void)self;
	if (event == TRIAL_CALL || event == TRIAL_RETURN)
		call_mark(event, MARK_OF_OBJECT(what, object), __builtin_dwarf_cfa(), (const void *)(uintptr_t)about);
}

static void service_capacity(struct trial *t, unsigned section, unsigned capacity)
{
	(void)t;
	if (section < TRIAL_SECTIONS_MAX)
		machine->capacity[section] = capacity;
}

static bool service_more(struct trial *t, unsigned self, uint64_t round)
{
	(void)self;
	return round < t->rounds;
}

static void service_pause(struct trial *t, unsigned self)
{
	(void)t;
	(void)self;
}

/* A gate is a library location without an object: its number is its address. It orders no memory. */
static uint64_t gate_key(unsigned gate)
{
	return KEY(4096 + 16 * (uint64_t)gate, KEY_GATE);
}

static void service_open(struct trial *t, unsigned self, unsigned gate)
{
	(void)t;
	(void)self;
	call_step(gate_key(gate), RULE_ADD, 1, __ATOMIC_RELAXED, CALL_SITE, 0);
}

static void service_await(struct trial *t, unsigned self, unsigned gate, uint64_t count, uint32_t property,
			  const char *stuck)
{
	(void)t;
	(void)self;
	if (gate < TRIAL_GATES_MAX) {
		machine->gate[gate].property = property;
		strncpy(machine->gate[gate].stuck, stuck, sizeof machine->gate[gate].stuck - 1);
	}
	call_step(gate_key(gate), RULE_AWAIT_LEAST, count, __ATOMIC_RELAXED, CALL_SITE, 0);
}

static void service_fail(struct trial *t, unsigned self, uint32_t property, const char *message)
{
	(void)t;
	(void)self;
	call_mark(MARK_FAILS, property, message, NULL);
}

static void service_init_failed(struct trial *t, int error)
{
	static char message[64];

	(void)t;
	said_write(message, sizeof message, SAID_INIT_RETURNS_THE_ERROR, error);
	machine->init_error = error;
	call_finding(PROPERTY_COUNT, message, NULL);
	for (;;)
		call_exit();
}

static const struct trial_services services = {
	.object = service_object,
	.event = service_event,
	.capacity = service_capacity,
	.more = service_more,
	.pause = service_pause,
	.open = service_open,
	.await = service_await,
	.fail = service_fail,
	.init_failed = service_init_failed,
	.call = service_call,
};

const struct machine_user execution_marks = { .services = &services, .mark = mark };
