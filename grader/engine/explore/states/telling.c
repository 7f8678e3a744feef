#include "telling.h"

#include <string.h>

void telling_begin(struct telling *told, struct explore_step *steps, uint32_t most)
{
	*told = (struct telling){ .on = true, .step = steps, .most = most };
}

static void add(struct telling *told, const struct explore_step *step)
{
	if (told->n < told->most)
		told->step[told->n++] = *step;
}

static void tell_pending(struct telling *told, uint32_t t, uint32_t n)
{
	struct pending *pending = &told->pending[t];

	for (uint32_t i = 0; i < n; i++)
		add(told, &pending->step[i]);
	pending->n -= n;
	memmove(pending->step, &pending->step[n], pending->n * sizeof *pending->step);
}

void telling_flush(struct telling *told, uint32_t t)
{
	if (told->on)
		tell_pending(told, t, told->pending[t].n);
}

void telling_begun(struct telling *told, uint32_t t)
{
	const struct pending *pending = &told->pending[t];

	for (uint32_t i = pending->n; told->on && i-- > 0;) {
		if (pending->step[i].kind == STEP_CALL) {
			tell_pending(told, t, i + 1);
			return;
		}
	}
}

static void tell_plain(struct telling *told, const struct action *action, struct explore_step *step)
{
	step->flags |= STEP_CONTEXT;
	if (!machine_keeps(action->address, action->rule.size) || action->rule.size > sizeof step->value)
		return;
	if (step->kind == STEP_PLAIN_WRITE) {
		told->writing = action->address;
		return;
	}
	step->value = load_bytes(action->address, action->rule.size);
	step->flags |= STEP_HAS_VALUE;
	machine_value(step->value, step->size, &step->value_at);
}

static void tell_step(struct telling *told, const struct run_thread *thread, uint64_t old, enum outcome outcome,
		      uint64_t new)
{
	const struct action *action = &thread->action;
	struct explore_step step = { .thread = thread_number(thread), .order = -1, .repeat = 1 };

	telling_flush(told, thread_number(thread));
	if (action->kind == ACTION_CHOICE || action->rule.library || action->hook == HOOK_mark)
		return;
	machine_site(action->pc, &step.place);
	if (action->kind == ACTION_FENCE) {
		step.kind = STEP_FENCE;
		step.order = action->rule.order;
		add(told, &step);
		return;
	}
	machine_place(action->address, &step.address);
	step.size = action->rule.size;
	bool writes = action->rule.plain ? action->rule.rule == RULE_STORE : outcome == OUTCOME_WRITE;
	step.kind = (uint16_t)machine_step_kind(&action->rule, writes);
	if (action->rule.plain) {
		tell_plain(told, action, &step);
		add(told, &step);
		return;
	}
	step.order = action->rule.order;
	if (action->rule.rule != RULE_STORE) {
		step.value = old;
		step.flags |= STEP_HAS_VALUE;
		machine_value(old, step.size, &step.value_at);
	}
	if (outcome == OUTCOME_WRITE) {
		step.stored = new;
		step.flags |= STEP_HAS_STORED;
		machine_value(new, step.size, &step.stored_at);
	}
	add(told, &step);
}

/* Most steps of a search are not told, and cost no more than this. */
void telling_step(struct telling *told, const struct run_thread *thread, uint64_t old, enum outcome outcome,
		  uint64_t new)
{
	if (told->on)
		tell_step(told, thread, old, outcome, new);
}

static struct explore_step *last_write(const struct telling *told)
{
	for (uint32_t i = told->n; i-- > 0;) {
		if (told->step[i].kind == STEP_PLAIN_WRITE)
			return &told->step[i];
	}
	return NULL;
}

void telling_over(struct telling *told)
{
	struct explore_step *step = told->on && told->writing != 0 ? last_write(told) : NULL;

	if (step != NULL && told->n < told->most) {
		step->stored = load_bytes(told->writing, step->size);
		step->flags |= STEP_HAS_STORED;
		machine_value(step->stored, step->size, &step->stored_at);
	}
	told->writing = 0;
}

static void tell_mark(struct telling *told, const struct run_thread *thread, uint32_t event, uint32_t what)
{
	struct explore_step step = { .thread = thread_number(thread), .order = -1, .repeat = 1 };
	struct pending *pending = &told->pending[step.thread % TOLD_THREADS_MAX];
	bool ending = event == TRIAL_RETURN || event == TRIAL_ENTER || event == TRIAL_ENTER_SHARED;

	if (event == MARK_LIBRARY)
		machine_tell_call(thread, &step);
	else if (event == MARK_HAPPENS)
		machine_tell_happening(thread, &step);
	else
		machine_tell_mark(thread, event, what, &step);
	/* What ends something comes with the step before. */
	if (ending && pending->n == 0) {
		add(told, &step);
		return;
	}
	if (pending->n == PENDING_MAX)
		telling_flush(told, step.thread);
	pending->step[pending->n++] = step;
}

void telling_mark(struct telling *told, const struct run_thread *thread, uint32_t event, uint32_t what)
{
	if (told->on)
		tell_mark(told, thread, event, what);
}

/* ---- which plain accesses are told ---- */

static bool is_plain(const struct explore_step *step)
{
	return step->kind == STEP_PLAIN_READ || step->kind == STEP_PLAIN_WRITE;
}

static bool matters(const struct explore_step *steps, uint32_t n, const struct explore_step *step)
{
	bool others = false, written = false;

	for (uint32_t i = 0; i < n; i++) {
		if (!is_plain(&steps[i]) || memcmp(&steps[i].address, &step->address, sizeof step->address) != 0)
			continue;
		others = others || steps[i].thread != step->thread;
		written = written || steps[i].kind == STEP_PLAIN_WRITE;
	}
	return others && written;
}

uint32_t telling_choose(struct explore_step *steps, uint32_t n, uint32_t *begin, uint32_t *end)
{
	uint32_t kept = 0, repeats = 0, new_begin = 0, new_end = 0;

	for (uint32_t i = 0; i < n; i++) {
		/* Until it is decided of all, `repeat` says it. */
		steps[i].repeat = !is_plain(&steps[i]) || matters(steps, n, &steps[i]);
		repeats += i >= *begin && i < *end && steps[i].repeat != 0;
	}
	for (uint32_t i = 0; i < n; i++) {
		bool keep = steps[i].repeat != 0 || (*begin < *end && repeats == 0);
		new_begin += i < *begin && keep;
		new_end += i < *end && keep;
		if (!keep)
			continue;
		steps[kept] = steps[i];
		steps[kept++].repeat = 1;
	}
	*begin = new_begin;
	*end = new_end;
	return kept;
}
