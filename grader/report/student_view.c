#include "student_view.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "translate.h"

/* Properties that are watched in every workload: what is noticed anywhere speaks for or against the check. */
static bool is_watched_everywhere(enum workload_property property)
{
	return property == PROPERTY_DATA_RACE || property == PROPERTY_MEMORY_SAFETY;
}

/* Whether a finding may say something of a hidden check. */
static bool betrays(const struct result *full, const struct finding *finding)
{
	for (size_t i = 0; i < full->n_checks && finding->workload != NULL; i++) {
		const struct check_result *check = &full->checks[i];
		if (check->hidden &&
		    (is_watched_everywhere(check->property) || strcmp(check->workload, finding->workload) == 0))
			return true;
	}
	return false;
}

static bool is_hidden(const struct result *full, const char *id)
{
	const struct check_result *check = result_find_check(full, id);
	return check != NULL && check->hidden;
}

/* A check that builds on hidden ones does not name them. */
static void hide_requirements(const struct result *full, struct check_result *check)
{
	for (size_t i = 0; i < check->n_requires; i++) {
		if (is_hidden(full, check->requires[i])) {
			check->n_requires = 0;
			check->requires = NULL;
			break;
		}
	}
	if (check->unmet == NULL || !is_hidden(full, check->unmet))
		return;
	check->unmet = NULL;
	check->message = _("It holds, and counts once a check that is not shown holds.");
}

static void take_checks(const struct result *full, struct result *view)
{
	view->n_checks = 0;
	view->checks = xcalloc(full->n_checks + 1, sizeof(*view->checks));
	for (size_t i = 0; i < full->n_checks; i++) {
		if (full->checks[i].hidden) {
			view->n_hidden++;
			view->hidden_points += full->checks[i].max_score;
		} else {
			view->checks[view->n_checks] = full->checks[i];
			hide_requirements(full, &view->checks[view->n_checks++]);
		}
	}
}

static void take_findings(const struct result *full, struct result *view)
{
	view->n_findings = 0;
	view->findings = xcalloc(full->n_findings + 1, sizeof(*view->findings));
	for (size_t i = 0; i < full->n_findings; i++) {
		if (!betrays(full, &full->findings[i]))
			view->findings[view->n_findings++] = full->findings[i];
	}
}

struct result *student_view_create(const struct result *full)
{
	struct result *view = xcalloc(1, sizeof(*view));
	*view = *full;
	take_checks(full, view);
	take_findings(full, view);
	if (view->n_hidden == 0)
		return view;
	view->n_phases = 0;
	if (full->output != NULL)
		view->output = _("(not shown, because there are hidden checks)");
	result_conclude(view);
	/* That the machine failed is no secret, and no pass of what is shown makes it good. */
	if (full->verdict == VERDICT_ERROR)
		view->verdict = VERDICT_ERROR;
	return view;
}

void student_view_destroy(struct result *view)
{
	if (view == NULL)
		return;
	free(view->checks);
	free(view->findings);
	free(view);
}
