#include "shape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

enum { NAMES_MAX = 64, STEPS_MIN = 4 };

/* Names, numbered as they appear. */
struct numbering {
	const char *name[NAMES_MAX];
	unsigned n;
};

static unsigned number_of(struct numbering *numbering, const char *name)
{
	for (unsigned i = 0; i < numbering->n; i++) {
		if (strcmp(numbering->name[i], name) == 0)
			return i;
	}
	if (numbering->n == NAMES_MAX)
		return NAMES_MAX;
	numbering->name[numbering->n] = name;
	return numbering->n++;
}

/* A plain and an atomic access, and exchanges of every kind, are the same mistake. */
static const char *class_of(const char *op)
{
	static const struct {
		const char *op, *class;
	} classes[] = {
		{ "load", "read" },
		{ "read", "read" },
		{ "store", "write" },
		{ "write", "write" },
		{ "fetch", "update" },
		{ "exchange", "update" },
		{ "compare-exchange", "update" },
	};
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		if (strcmp(op, classes[i].op) == 0)
			return classes[i].class;
	}
	return op;
}

/* Requests are the workload's, notes are in words, and which plain accesses are told is a matter of telling. */
static bool is_of_the_shape(const struct step *step)
{
	static const char *const left_out[] = { "request", "note" };
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++) {
		if (strcmp(step->op, left_out[i]) == 0)
			return false;
	}
	return step->thread < NAMES_MAX && !step->context;
}

static const char *value_class(const struct step *step)
{
	return !step->has_value ? "" : step->value == 0 ? "0" : step->value == 1 ? "1" : "n";
}

static uint64_t fnv1a(const char *text)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return hash;
}

char *shape_of(enum workload_property property, const struct counterexample *counterexample)
{
	struct numbering variables = { .n = 0 }, threads = { .n = 0 };
	char thread_names[NAMES_MAX][8];
	struct text shape = { 0 };
	size_t told = 0;
	text_printf(&shape, "%s %s", property_name(property), counterexample->only_weak ? "weak" : "");
	for (size_t i = 0; i < counterexample->n_steps; i++) {
		const struct step *step = &counterexample->steps[i];
		if (!is_of_the_shape(step))
			continue;
		snprintf(thread_names[step->thread], sizeof(thread_names[0]), "%u", step->thread % NAMES_MAX);
		text_printf(&shape, "; %u %s", number_of(&threads, thread_names[step->thread]), class_of(step->op));
		if (strcmp(step->op, "library") == 0)
			text_printf(&shape, " %.*s", (int)strcspn(step->note != NULL ? step->note : "", "("),
				    step->note != NULL ? step->note : "");
		else if (strcmp(step->op, "call") == 0 || strcmp(step->op, "return") == 0)
			text_printf(&shape, " %s", step->variable != NULL ? step->variable : "");
		else if (step->variable != NULL)
			text_printf(&shape, " %u %s%s", number_of(&variables, step->variable), value_class(step),
				    step->has_newest ? " stale" : "");
		told += step->variable != NULL;
	}
	char *data = text_take(&shape), *digits = NULL;
	if (told >= STEPS_MIN)
		digits = xasprintf("%016llx", (unsigned long long)fnv1a(data));
	free(data);
	return digits;
}
