#include <stdlib.h>

#include "result.h"
#include "saying.h"
#include "text.h"
#include "translate.h"

const struct coverage *check_coverage(const struct check_result *check)
{
	for (size_t i = 0; i < check->n_engines; i++) {
		if (check->engines[i].coverage.known)
			return &check->engines[i].coverage;
	}
	return NULL;
}

static char *text_of_kind(const struct coverage *coverage)
{
	unsigned long long executions = coverage->executions;
	char *text = NULL;
	switch (coverage->kind) {
	case COVERAGE_ALL:
		return say_only(N_("all executions there are"));
	case COVERAGE_BOUNDED:
		return say_only(N_("all executions within the explorer's bounds"));
	case COVERAGE_CUT:
		return say_n("%llu execution, and %llu that another violation cut short",
			     "%llu executions, and %llu that another violation cut short", executions, executions,
			     (unsigned long long)coverage->cut);
	case COVERAGE_SWITCHES:
		text = say_n("all with up to %u forced context switch or stale read, %llu executions together",
			     "all with up to %u forced context switches or stale reads, %llu executions together",
			     coverage->switches, coverage->switches, executions);
		break;
	case COVERAGE_SAMPLED:
		text = say_n("%llu execution sampled", "%llu executions sampled", executions, executions);
		break;
	case COVERAGE_NOTHING:
	case COVERAGE_COUNT:
		return say_only(N_("nothing"));
	}
	return text;
}

char *coverage_said(const struct coverage *coverage)
{
	if (coverage == NULL || !coverage->known)
		return NULL;
	if (coverage->surprises == SURPRISES_ONE && coverage->kind == COVERAGE_ALL)
		return say_only(N_("all executions with at most one spurious wake-up or expired time"));
	char *text = text_of_kind(coverage);
	char *more = NULL;
	if (coverage->surprises == SURPRISES_ONE)
		more = say(N_("%s, of those with at most one spurious wake-up or expired time"), text);
	else if (coverage->surprises == SURPRISES_NONE)
		more = say(N_("all without spurious wake-ups and expired times; with them, %s"), text);
	if (more == NULL)
		return text;
	free(text);
	return more;
}

char *coverage_text(const struct coverage *coverage)
{
	char *said = coverage_said(coverage);
	if (said != NULL)
		text_replace(&said, said_text(said));
	return said;
}
