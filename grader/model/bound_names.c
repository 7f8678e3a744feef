#include "bound_names.h"

#include <string.h>

#include "text.h"
#include "translate.h"

static const struct {
	const char *name, *words;
} bounds[BOUND_COUNT] = {
	[BOUND_EXECUTIONS] = { "executions", N_("the budget for executions") },
	[BOUND_EVENTS] = { "events", N_("the steps of one execution") },
	[BOUND_CANDIDATES] = { "candidates", N_("the stores that one load may read") },
	[BOUND_CYCLES] = { "cycles", N_("rounds of a loop that writes and takes it back") },
	[BOUND_ROUNDS] = { "rounds", N_("rounds of a loop that counts them") },
	[BOUND_TIMEOUTS] = { "timeouts", N_("how often a time is over") },
	[BOUND_MERGED] = { "merged", N_("parts of a variable that is accessed in several sizes") },
	[BOUND_VISITS] = { "visits", N_("entries of a section in one execution") },
	[BOUND_VIOLATIONS] = { "violations", N_("the violations among which one is chosen") },
	[BOUND_STATES] = { "states", N_("the budget for states") },
	[BOUND_DEPTH] = { "depth", N_("steps from the beginning to a state") },
	[BOUND_ENTRIES] = { "entries", N_("entries, where states never repeat") },
	[BOUND_ARENA] = { "arena", N_("positions of the game of bounded waiting") },
};

const char *bound_name(enum bound bound)
{
	return bounds[bound].name;
}

bool bound_from_name(const char *name, enum bound *bound)
{
	for (unsigned b = 0; b < BOUND_COUNT; b++) {
		if (strcmp(bounds[b].name, name) != 0)
			continue;
		*bound = (enum bound)b;
		return true;
	}
	return false;
}

char *bounds_text(uint32_t set)
{
	struct text text = { 0 };
	for (unsigned b = 0; b < BOUND_COUNT; b++) {
		if ((set & 1u << b) != 0)
			text_printf(&text, "%s%s", text.length > 0 ? ", " : "", _(bounds[b].words));
	}
	return text.data;
}
