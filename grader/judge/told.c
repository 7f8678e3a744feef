#include "told.h"

#include <stdlib.h>
#include <string.h>

#include "said.h"
#include "steps.h"
#include "text.h"
#include "translate.h"

static bool is_plain(const struct explore_step *step)
{
	return (step->flags & STEP_CULPRIT) != 0 && (step->kind == STEP_PLAIN_READ || step->kind == STEP_PLAIN_WRITE) &&
	       (step->address.module == MODULE_OBJECT || step->address.module == MODULE_PLUGIN);
}

/* A race of two accesses by the plugin, which are the end of its story: what they access, and where. NULL: it is none.
 * The caller owns it. */
static char *told_race(const struct explored *explored, const struct judge_run *run, struct namer *namer)
{
	size_t n = explored->n_steps;
	if (explored->said.property != PROPERTY_DATA_RACE || n < 2 || !is_plain(&explored->steps[n - 1]) ||
	    !is_plain(&explored->steps[n - 2]))
		return NULL;
	const struct explore_step *one = &explored->steps[n - 1], *other = &explored->steps[n - 2];
	struct source_place places[2];
	namer_code(namer, run->workload_path, &one->place, &places[0]);
	namer_code(namer, run->workload_path, &other->place, &places[1]);
	char *name = namer_data(namer, &one->address, one->size), *at = place_text(&places[0]),
	     *too = place_text(&places[1]);
	bool reads = one->kind == STEP_PLAIN_READ, both = !reads && other->kind == STEP_PLAIN_WRITE;
	char *told = xasprintf(
	    both ? _("thread %u writes %s in %s, thread %u writes it in %s, and nothing orders the two: it has to be "
		     "atomic, or under one mutex")
	    : reads ? _("thread %u reads %s in %s, thread %u writes it in %s, and nothing orders the two: it has to be "
			"atomic, or under one mutex")
		    : _("thread %u writes %s in %s, thread %u reads it in %s, and nothing orders the two: it has to be "
			"atomic, or under one mutex"),
	    one->thread, name, at, other->thread, too);
	free(name);
	free(at);
	free(too);
	place_free(&places[0]);
	place_free(&places[1]);
	return told;
}

/* "thread 1 waits in wait() (pthread_mutex_lock)": of which mutex, and who holds it. */
static void name_wait(char **message, const struct explore_step *step, struct namer *namer)
{
	char *who = xasprintf("thread %u ", step->thread), *plain = xasprintf("(%s)", step->note);
	const char *begin = strstr(*message, who), *call = begin != NULL ? strstr(begin, plain) : NULL;
	const char *next = begin != NULL ? strstr(begin, ", thread ") : NULL;
	if (call != NULL && (next == NULL || call < next)) {
		char *named = steps_call(step, namer);
		text_replace(message,
			     xasprintf("%.*s(%s)%s", (int)(call - *message), *message, named, call + strlen(plain)));
		free(named);
	}
	free(plain);
	free(who);
}

/* An access beside the object that is told as what comes of it. */
static char *told_outside(const struct explored *explored, struct namer *namer)
{
	size_t n = explored->n_steps;
	const struct explore_step *last = n > 0 ? &explored->steps[n - 1] : NULL;
	if (last == NULL || strstr(explored->said.message, "never initialized") == NULL ||
	    last->address.module != MODULE_OBJECT || (int64_t)last->address.offset >= 0)
		return NULL;
	char *name = namer_data(namer, &last->address, last->size);
	char *told = xasprintf(_("thread %u accesses memory outside of its object: %s"), last->thread, name);
	free(name);
	return told;
}

char *told_words(const struct explored *explored, const struct judge_run *run, struct namer *namer)
{
	char *whole = told_race(explored, run, namer);
	if (whole == NULL)
		whole = told_outside(explored, namer);
	if (whole != NULL)
		return whole;
	char *message = steps_sentence(explored->said.message, namer_kind(namer));
	/* A kind's own words have no translation here; then the general ones say it in the language in use. */
	char *known = said_translated(message);
	if (strcmp(LANGUAGE_TAG, "en") != 0 && strcmp(known, message) == 0)
		text_replace(&message, xstrdup(explored->said.message));
	free(known);
	for (size_t i = 0; i < explored->n_steps; i++) {
		if (explored->steps[i].kind == STEP_WAITS && explored->steps[i].note[0] != '\0')
			name_wait(&message, &explored->steps[i], namer);
	}
	char *words = said_translated(message);
	free(message);
	return words;
}
