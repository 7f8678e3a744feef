#include "asked.h"

#include <inttypes.h>
#include <stdlib.h>
#include <syncgrade/workload.h>

#include "saying.h"
#include "text.h"
#include "translate.h"

enum { LETTERS = 26, SMALL = 0x10000 };

/* A … Z, A2 … Z2, and so on. */
static char *letter(size_t i)
{
	char which = (char)('A' + i % LETTERS);
	return i < LETTERS ? xasprintf("%c", which) : xasprintf("%c%zu", which, i / LETTERS + 1);
}

static size_t place_of(const struct asked *asked, uint64_t item)
{
	size_t i = 0;
	while (i < asked->n && asked->item[i] != item)
		i++;
	return i;
}

static char *put(struct asked *asked, uint64_t item)
{
	size_t i = place_of(asked, item);
	if (i == asked->n) {
		asked->item = xrealloc(asked->item, (asked->n + 1) * sizeof(*asked->item));
		asked->item[asked->n++] = item;
	}
	return letter(i);
}

static char *got(const struct asked *asked, uint64_t item)
{
	size_t i = place_of(asked, item);
	if (i < asked->n)
		return letter(i);
	return item < SMALL ? xasprintf("%" PRIu64, item) : xasprintf("0x%" PRIx64, item);
}

char *asked_of(struct asked *asked, const struct explore_step *step)
{
	/* Who calls event() rather than call() does not say it. */
	if (step->object == 0 || (step->kind != STEP_CALL && step->kind != STEP_RETURN))
		return NULL;
	switch (step->value) {
	case TRIAL_MONITOR_WAIT:
	case TRIAL_MONITOR_SIGNAL:
	case TRIAL_MONITOR_BROADCAST:
		return step->kind == STEP_CALL ? say(N_("condition %llu"), (unsigned long long)step->stored) : NULL;
	case TRIAL_BOUNDED_BUFFER_PUT:
		return step->kind == STEP_CALL ? put(asked, step->stored) : NULL;
	case TRIAL_BOUNDED_BUFFER_GET:
		return step->kind == STEP_RETURN ? got(asked, step->stored) : NULL;
	default:
		return NULL;
	}
}

char *asked_item(const struct asked *asked, uint64_t value, unsigned size)
{
	size_t i = place_of(asked, value);
	return size == sizeof(value) && value > UINT32_MAX && i < asked->n ? letter(i) : NULL;
}

void asked_free(struct asked *asked)
{
	free(asked->item);
	*asked = (struct asked){ 0 };
}
