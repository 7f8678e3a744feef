#include "aside.h"

#include <string.h>

void aside_begin(struct aside *aside, const struct execution *x)
{
	memcpy(aside->crash, machine->crash, sizeof aside->crash);
	memcpy(aside->inconclusive, machine->inconclusive, sizeof aside->inconclusive);
	memcpy(aside->most_inside, x->most_inside, sizeof aside->most_inside);
	aside->crash_place = machine->crash_place;
	aside->observe = machine->observe;
	aside->bounds = machine->bounds;
	machine->crash[0] = machine->inconclusive[0] = '\0';
	machine->observe = NULL;
}

void aside_end(const struct aside *aside, struct execution *x)
{
	memcpy(machine->crash, aside->crash, sizeof aside->crash);
	memcpy(machine->inconclusive, aside->inconclusive, sizeof aside->inconclusive);
	memcpy(x->most_inside, aside->most_inside, sizeof aside->most_inside);
	machine->crash_place = aside->crash_place;
	machine->observe = aside->observe;
	machine->bounds = aside->bounds;
}
