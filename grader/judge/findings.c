#include "findings.h"

#include <stdlib.h>
#include <string.h>

#include "cause.h"
#include "explored.h"
#include "races.h"
#include "saying.h"
#include "text.h"
#include "translate.h"

static struct finding *add_finding(struct result *result, const struct judge_run *run, const char *kind)
{
	struct finding *finding = result_add_finding(result, kind);
	finding->workload = xstrdup(run->workload->name);
	finding->engine = (int)run->engine;
	return finding;
}

/* The same thing seen again in another workload or by another engine is told once, with whatever was added to it. */
static bool told_already(const struct result *result, const char *message)
{
	for (size_t i = 0; i < result->n_findings; i++) {
		if (result->findings[i].message != NULL &&
		    strncmp(result->findings[i].message, message, strlen(message)) == 0)
			return true;
	}
	return false;
}

static void drop_last_finding(struct result *result)
{
	struct finding *last = &result->findings[result->n_findings - 1];
	for (size_t i = 0; i < last->n_places; i++)
		place_free(&last->places[i]);
	free(last->places);
	free(last->kind);
	free(last->workload);
	result->n_findings--;
}

static void settle_finding(struct result *result, struct finding *finding, char *message)
{
	if (told_already(result, message)) {
		free(message);
		drop_last_finding(result);
	} else {
		finding->message = message;
	}
}

enum { REPORTS_TOLD_MAX = 3 };

/* Races that ThreadSanitizer reports where it does not understand what orders the accesses. */
static void find_misread_races(const struct court *court, const struct judge_run *run, size_t n)
{
	if (n == 0)
		return;
	struct finding *finding = add_finding(court->result, run, "tsan-remark");
	char *message =
	    say(N_("ThreadSanitizer reports data races (%zu). It does not understand atomic_thread_fence, so "
		   "this proves nothing."),
		n);
	settle_finding(court->result, finding, message);
}

/* Memory that is not the plugin's is changed on purpose only. */
static void find_tampering(const struct court *court, const struct judge_run *run)
{
	if (run->evidence.tampered == NULL)
		return;
	struct finding *finding = add_finding(court->result, run, "deceit");
	settle_finding(court->result, finding,
		       say(N_("The plugin %s. Nothing that synchronizes has a use for that: look at the source "
			      "before you believe its results."),
			   run->evidence.tampered));
}

/* Of how many threads the explorer has seen all executions of that workload, and none that deadlocks: it tells one of
 * each that it sees, whatever it was asked for. 0: it has not. */
static unsigned threads_without_deadlock(const struct court *court, const struct exercise_workload *workload)
{
	for (size_t i = 0; i < court->input->n_runs && !court->input->explorer_lies; i++) {
		const struct judge_run *run = &court->input->runs[i];
		const struct explored *any = run->evidence.n_explored > 0 ? &run->evidence.explored[0] : NULL;
		if (run->engine != ENGINE_EXPLORE || run->workload != workload || !run->ran ||
		    run->evidence.end != RUN_DONE || any == NULL || !any->said.complete ||
		    any->said.coverage != COVERAGE_ALL)
			continue;
		const struct explored *progress = explored_find(&run->evidence, PROPERTY_PROGRESS);
		if (progress == NULL || progress->said.outcome == EXPLORE_PASS)
			return any->said.threads;
	}
	return 0;
}

/* ThreadSanitizer knows of no lock that keeps those apart who take two in opposite orders; the explorer may. */
static char *without_deadlock(const struct court *court, const struct judge_run *run, char *message)
{
	unsigned threads = threads_without_deadlock(court, run->workload);
	if (threads > 0)
		text_replace(&message,
			     say(N_("%s The explorer has seen all executions of %u threads there, and none of "
				    "them deadlocks."),
				 message, threads));
	return message;
}

static void find_reports(const struct court *court, const struct judge_run *run)
{
	size_t misread = 0, told = 0;
	/* Of an uninstrumented plugin ThreadSanitizer sees only the library calls: its races are guesses. */
	if (!court->input->instrumented)
		return;
	for (size_t i = 0; i < run->evidence.n_reports; i++) {
		const struct frame_report *report = &run->evidence.reports[i];
		if (!races_concern(&run->evidence, report))
			continue;
		if (sanitizer_class(report) == REPORT_RACE && court->input->fences) {
			misread++;
		} else if (told++ < REPORTS_TOLD_MAX) {
			struct finding *finding = add_finding(court->result, run, report->kind);
			char *message = sanitizer_text(report, run->workload_path, court->namer, finding);
			if (sanitizer_class(report) == REPORT_LOCK_ORDER && !told_already(court->result, message))
				message = without_deadlock(court, run, message);
			settle_finding(court->result, finding, message);
		}
	}
	find_misread_races(court, run, misread);
}

static void find_end(const struct court *court, const struct judge_run *run)
{
	const char *kind;
	struct source_place where;
	if (run->evidence.end == RUN_DONE)
		return;
	char *message = cause_text(court->input, run, court->namer, &kind, &where);
	struct finding *finding = add_finding(court->result, run, kind);
	if (where.function != NULL || where.file != NULL)
		*finding_add_place(finding) = where;
	settle_finding(court->result, finding, message);
}

void findings_add(const struct court *court, const struct judge_run *run)
{
	find_reports(court, run);
	find_tampering(court, run);
	find_end(court, run);
}
