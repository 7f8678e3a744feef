#include "schedule_text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WHERES "PWODHSTX"
#define NUMBERED "OHST" /* those of which there are several */

/* Of each thread its letter; without s, which begins a path through the states. */
static const char THREADS[] = "abcdefghijklmnopqrtuvwxyzABCDEFG";
_Static_assert(sizeof THREADS - 1 == SCHEDULE_THREADS_MAX, "a letter for each");

/* ---- the schedule itself ---- */

int schedule_add(struct schedule *schedule, struct schedule_step step)
{
	if (schedule->n_steps == SCHEDULE_STEPS_MAX)
		return -E2BIG;
	if (schedule->n_steps == schedule->capacity) {
		uint32_t capacity = schedule->capacity == 0 ? 64 : 2 * schedule->capacity;
		struct schedule_step *bigger = realloc(schedule->step, capacity * sizeof *bigger);
		if (bigger == NULL)
			return -ENOMEM;
		schedule->step = bigger;
		schedule->capacity = capacity;
	}
	schedule->step[schedule->n_steps++] = step;
	return 0;
}

int schedule_add_shape(struct schedule *schedule, struct schedule_shape shape)
{
	struct schedule_shape *bigger = realloc(schedule->shape, (schedule->n_shapes + 1) * sizeof *bigger);

	if (bigger == NULL)
		return -ENOMEM;
	schedule->shape = bigger;
	schedule->shape[schedule->n_shapes++] = shape;
	return 0;
}

void schedule_fini(struct schedule *schedule)
{
	free(schedule->shape);
	free(schedule->step);
	*schedule = (struct schedule){ 0 };
}

/* ---- reading ---- */

static bool read_number(const char **p, uint64_t most, uint64_t *number)
{
	*number = 0;
	if (**p < '0' || **p > '9')
		return false;
	for (; **p >= '0' && **p <= '9'; ++*p) {
		uint64_t digit = (uint64_t)(**p - '0');
		if (digit > most || *number > (most - digit) / 10)
			return false;
		*number = *number * 10 + digit;
	}
	return true;
}

static bool read_thread(const char **p, uint8_t *thread)
{
	const char *at = **p == '\0' ? NULL : strchr(THREADS, **p);

	if (at == NULL)
		return false;
	*thread = (uint8_t)(at - THREADS);
	++*p;
	return true;
}

static bool read_shape(const char **p, struct schedule_shape *shape)
{
	uint64_t number;

	*shape = (struct schedule_shape){ .where = **p };
	if (**p == '\0' || strchr(WHERES, *(*p)++) == NULL)
		return false;
	if (strchr(NUMBERED, shape->where) != NULL) {
		if (!read_number(p, UINT16_MAX, &number) || *(*p)++ != '.')
			return false;
		shape->number = (uint16_t)number;
	}
	if (!read_number(p, UINT64_MAX, &shape->offset))
		return false;
	if (**p == '/') {
		++*p;
		if (!read_number(p, UINT16_MAX, &number) || number == 0)
			return false;
		shape->process = (uint16_t)number;
	}
	shape->merged = **p == 'w';
	if (!shape->merged && **p != 'x')
		return false;
	++*p;
	if (!read_number(p, 8, &number) || number == 0)
		return false;
	shape->bytes = (uint8_t)number;
	return true;
}

static int read_shapes(struct schedule *schedule, const char **p)
{
	struct schedule_shape shape;
	int r;

	if (strchr(*p, ':') == NULL)
		return 0;
	do {
		if (!read_shape(p, &shape))
			return -EINVAL;
		if ((r = schedule_add_shape(schedule, shape)) < 0)
			return r;
	} while (*(*p)++ == ',');
	return (*p)[-1] == ':' ? 0 : -EINVAL;
}

static bool read_event(const char **p, struct schedule_step *step)
{
	uint64_t number = 0;

	if (**p == '0') {
		++*p;
		step->other_thread = SCHEDULE_INITIAL;
		return true;
	}
	if (!read_thread(p, &step->other_thread) || !read_number(p, SCHEDULE_NUMBER_MAX, &number))
		return false;
	step->number = (uint32_t)number;
	return true;
}

/* What follows a thread's letter; *count: how many such steps. */
static bool read_detail(const char **p, bool states, struct schedule_step *step, uint64_t *count)
{
	uint64_t number;

	*count = 1;
	if (**p >= '0' && **p <= '9')
		return read_number(p, SCHEDULE_STEPS_MAX, count) && *count > 0;
	if (**p == '+') {
		++*p;
		step->how = SCHEDULE_TAKES;
		if (!read_number(p, SCHEDULE_NUMBER_MAX, &number) || number == 0)
			return false;
		step->number = (uint32_t)number;
		return true;
	}
	if (states)
		return true;
	if (**p == '-') {
		++*p;
		step->taken_back = true;
	}
	if (**p == '_' || (**p == '/' && !step->taken_back)) {
		step->how = *(*p)++ == '_' ? SCHEDULE_WAITS : SCHEDULE_LEAVES;
		if (!read_number(p, SCHEDULE_NUMBER_MAX, &number) || number == 0)
			return false;
		step->number = (uint32_t)number;
		return true;
	}
	if (**p == '=' || (**p == '@' && !step->taken_back)) {
		step->how = *(*p)++ == '=' ? SCHEDULE_READS : SCHEDULE_BEFORE;
		return read_event(p, step) && (step->how == SCHEDULE_READS || step->other_thread != SCHEDULE_INITIAL);
	}
	return true;
}

static int read_step(struct schedule *schedule, const char **p)
{
	struct schedule_step step = { 0 };
	uint64_t count;
	int r = 0;

	if (!read_thread(p, &step.thread) || !read_detail(p, schedule->states, &step, &count))
		return -EINVAL;
	for (; count > 0 && r == 0; count--)
		r = schedule_add(schedule, step);
	return r;
}

static int read_last(struct schedule *schedule, const char **p)
{
	while (**p != '\0') {
		if (schedule->n_last == SCHEDULE_THREADS_MAX || !read_thread(p, &schedule->last[schedule->n_last]))
			return -EINVAL;
		schedule->n_last++;
	}
	return 0;
}

static int read_steps(struct schedule *schedule, const char **p)
{
	bool dot = false;
	int r = 0;

	schedule->repeats = UINT32_MAX;
	while (**p != '\0' && r == 0) {
		if (**p != '.' || dot) {
			r = read_step(schedule, p);
			continue;
		}
		dot = true;
		++*p;
		schedule->repeats = schedule->n_steps;
		if (!schedule->states)
			r = read_last(schedule, p);
	}
	if (!schedule->states || !dot)
		schedule->repeats = schedule->n_steps;
	/* "." says that nothing is chosen; nothing at all says nothing. */
	return r == 0 && schedule->n_steps == 0 && !dot ? -EINVAL : r;
}

size_t schedule_workload(const char *text)
{
	size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-");

	return text[length] == ':' ? length : 0;
}

int schedule_read(struct schedule *schedule, const char *text, size_t *at)
{
	const char *p = text;
	int r;

	*schedule = (struct schedule){ 0 };
	*at = 0;
	if (strlen(text) >= SCHEDULE_TEXT_MAX)
		return -E2BIG;
	schedule->states = *p == 's';
	if (schedule->states)
		p++;
	if ((r = schedule->states ? 0 : read_shapes(schedule, &p)) == 0)
		r = read_steps(schedule, &p);
	*at = (size_t)(p - text);
	return r;
}

/* ---- writing ---- */

struct out {
	char *text;
	size_t size, used;
	bool full;
};

static __attribute__((format(printf, 2, 3))) void put(struct out *out, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	int length = vsnprintf(out->text + out->used, out->size - out->used, format, arguments);
	va_end(arguments);
	if (length < 0 || (size_t)length >= out->size - out->used)
		out->full = true;
	else
		out->used += (size_t)length;
}

static void write_shape(struct out *out, const struct schedule_shape *shape)
{
	put(out, "%c", shape->where);
	if (strchr(NUMBERED, shape->where) != NULL)
		put(out, "%u.", shape->number);
	put(out, "%llu", (unsigned long long)shape->offset);
	if (shape->process != 0)
		put(out, "/%u", shape->process);
	put(out, "%c%u", shape->merged ? 'w' : 'x', shape->bytes);
}

static bool is_plain(const struct schedule_step *step)
{
	return step->how == SCHEDULE_NEWEST && !step->taken_back;
}

/* How many steps from `i` on are written as one. */
static uint32_t run_length(const struct schedule *schedule, uint32_t i)
{
	const struct schedule_step *first = &schedule->step[i];
	uint32_t n = 1;

	if (!is_plain(first))
		return 1;
	while (i + n < schedule->n_steps && i + n != schedule->repeats &&
	       schedule->step[i + n].thread == first->thread && is_plain(&schedule->step[i + n]))
		n++;
	return n;
}

static void write_detail(struct out *out, const struct schedule_step *step)
{
	if (step->taken_back)
		put(out, "-");
	static const char signs[] = { [SCHEDULE_READS] = '=',
				      [SCHEDULE_BEFORE] = '@',
				      [SCHEDULE_TAKES] = '+',
				      [SCHEDULE_WAITS] = '_',
				      [SCHEDULE_LEAVES] = '/' };
	if (step->how == SCHEDULE_NEWEST)
		return;
	put(out, "%c", signs[step->how]);
	if (step->how != SCHEDULE_READS && step->how != SCHEDULE_BEFORE) {
		put(out, "%u", step->number);
		return;
	}
	if (step->other_thread == SCHEDULE_INITIAL)
		put(out, "0");
	else
		put(out, "%c%u", THREADS[step->other_thread], step->number);
}

int schedule_write(const struct schedule *schedule, char *text, size_t size)
{
	struct out out = { .text = text, .size = size };

	if (schedule->states)
		put(&out, "s");
	for (uint32_t i = 0; i < schedule->n_shapes; i++) {
		write_shape(&out, &schedule->shape[i]);
		put(&out, i + 1 < schedule->n_shapes ? "," : ":");
	}
	for (uint32_t i = 0, n; i < schedule->n_steps && !out.full; i += n) {
		const struct schedule_step *step = &schedule->step[i];
		n = run_length(schedule, i);
		if (schedule->states && i == schedule->repeats)
			put(&out, ".");
		put(&out, "%c", THREADS[step->thread]);
		if (n > 1)
			put(&out, "%u", n);
		else
			write_detail(&out, step);
	}
	if (!schedule->states && (schedule->n_last > 0 || schedule->n_steps == 0))
		put(&out, ".");
	for (uint32_t i = 0; i < schedule->n_last; i++)
		put(&out, "%c", THREADS[schedule->last[i]]);
	if (schedule->states && schedule->n_steps == 0)
		put(&out, ".");
	return out.full ? -E2BIG : 0;
}
