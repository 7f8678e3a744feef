#include "judge.h"

#include <stdlib.h>
#include <string.h>

#include "cause.h"
#include "explored.h"
#include "namer.h"
#include "races.h"
#include "said.h"
#include "shape.h"
#include "text.h"
#include "translate.h"

/* Judging one submission. */
struct court {
	const struct judge_input *input;
	struct result *result;
	struct namer *namer;
};

/* What one engine says of one check, before it is put into the result. */
struct opinion {
	enum check_status status;
	char *message;
	bool early_end; /* it speaks of how a run ended, not of the property */
	/* where it comes from an exploration: */
	const struct explored *explored;
	const struct judge_run *run;
};

static void form(struct opinion *opinion, enum check_status status, char *message)
{
	free(opinion->message);
	*opinion = (struct opinion){ .status = status, .message = message };
}

static const struct judge_run *find_run(const struct judge_input *input, const struct exercise_workload *workload,
					enum engine_id engine)
{
	for (size_t i = 0; i < input->n_runs; i++) {
		if (input->runs[i].workload == workload && input->runs[i].engine == engine)
			return &input->runs[i];
	}
	return NULL;
}

/* Properties that are watched in every workload: the one check that an exercise gives them speaks for all. */
static bool watched_everywhere(enum workload_property property)
{
	return property == PROPERTY_DATA_RACE || property == PROPERTY_MEMORY_SAFETY;
}

/* ---- opinions ---- */

/* A workload's words as a sentence: a capital letter, a full stop. */
static char *sentence(const char *english)
{
	char *words = said_translated(english);
	size_t length = strlen(words);
	bool ended = length > 0 && strchr(".!?", words[length - 1]) != NULL;
	char *text = xasprintf("%s%s", words, ended ? "" : ".");
	free(words);
	if (text[0] >= 'a' && text[0] <= 'z')
		text[0] = (char)(text[0] - 'a' + 'A');
	return text;
}

/* What the workload noted, in the worker or the referee. */
static void judge_failures(const struct court *court, const struct judge_run *run, enum workload_property property,
			   struct opinion *opinion)
{
	const struct evidence *evidence = &run->evidence;
	/* Whatever goes wrong between processes. */
	bool any = property == PROPERTY_PROCESS_SHARED && cause_of_processes(court->input, run->workload);
	for (size_t i = 0; i < evidence->n_failures && opinion->status == STATUS_PASS; i++) {
		if (evidence->failures[i].property == property || any)
			form(opinion, STATUS_FAIL, sentence(evidence->failures[i].message));
	}
}

/* ThreadSanitizer's reports, where they bear on the property. */
static void judge_reports(const struct court *court, const struct judge_run *run, enum workload_property property,
			  struct opinion *opinion)
{
	const struct evidence *evidence = &run->evidence;
	for (size_t i = 0; i < evidence->n_reports && opinion->status == STATUS_PASS; i++) {
		if (!sanitizer_concerns(&evidence->reports[i]))
			continue;
		enum sanitizer_class class = sanitizer_class(&evidence->reports[i]);
		bool race = class == REPORT_RACE && property == PROPERTY_DATA_RACE && !court->input->fences;
		bool memory = class == REPORT_MEMORY && property == PROPERTY_MEMORY_SAFETY;
		if (race || memory)
			form(opinion, STATUS_FAIL,
			     sanitizer_text(&evidence->reports[i], run->workload_path, court->namer, NULL));
	}
}

/* The explorer's sentence, with the code that it is about, and what explains it. */
static char *explored_sentence(const struct court *court, const struct judge_run *run, const struct explored *explored)
{
	struct source_place where = { 0 };
	namer_code(court->namer, run->workload_path, &explored->said.code, &where);
	char *place = place_text(&where);
	char *words = said_translated(explored->said.message);
	if (place[0] != '\0')
		text_replace(&words, xasprintf(_("%s, in %s"), words, place));
	char *said = sentence(words), *why = explored_blame(explored, run, court->namer);
	if (why != NULL)
		text_replace(&said, xasprintf("%s %s", said, why));
	free(words);
	free(why);
	free(place);
	place_free(&where);
	return said;
}

/* What the explorer found. */
static void judge_explored(const struct court *court, const struct judge_run *run, enum workload_property property,
			   struct opinion *opinion)
{
	const struct explored *explored = explored_find(&run->evidence, property);
	if (run->engine != ENGINE_EXPLORE || opinion->status != STATUS_PASS || explored == NULL)
		return;
	if (explored->said.outcome == EXPLORE_FAIL) {
		form(opinion, STATUS_FAIL, explored_sentence(court, run, explored));
		opinion->explored = explored;
		opinion->run = run;
	} else if (explored->said.outcome == EXPLORE_INCONCLUSIVE) {
		form(opinion, STATUS_INCONCLUSIVE, explored_sentence(court, run, explored));
	} else if (property == PROPERTY_BUSY_WAITING && explored->said.message[0] != '\0') {
		form(opinion, STATUS_PASS, explored_sentence(court, run, explored)); /* how it waits, also if well */
	}
}

/* An exploration that ran to its end and says nothing of a property proves nothing. */
static void expect_explored(const struct judge_run *run, enum workload_property property, struct opinion *opinion)
{
	if (run->engine == ENGINE_EXPLORE && opinion->status == STATUS_PASS &&
	    explored_find(&run->evidence, property) == NULL)
		form(opinion, STATUS_INCONCLUSIVE, xstrdup(_("The explorer did not judge it.")));
}

/* Whether a hang is what the property is about, and its hint of use. */
static bool is_about_waiting(enum workload_property property)
{
	return property == PROPERTY_PROGRESS || property == PROPERTY_LOST_WAKEUP ||
	       property == PROPERTY_BOUNDED_WAITING || property == PROPERTY_ORDERING ||
	       property == PROPERTY_PROCESS_SHARED;
}

/* A run that did not get to its end is no evidence for the check's property; where it was waiting at a gate that stands
 * for another property, it is not held against this one. */
static void judge_end(const struct court *court, const struct judge_run *run, enum workload_property property,
		      struct opinion *opinion)
{
	const struct evidence *evidence = &run->evidence;
	const char *kind;
	struct source_place where;
	if (evidence->end == RUN_DONE || opinion->status == STATUS_FAIL)
		return;
	bool hang = evidence->end == RUN_HANG_ASLEEP || evidence->end == RUN_HANG_AWAKE;
	bool limit =
	    evidence->end == RUN_WALL_LIMIT || evidence->end == RUN_CPU_LIMIT || evidence->end == RUN_MEMORY_LIMIT;
	if (run->engine == ENGINE_EXPLORE && limit) {
		/* How long a search takes is our business, not the plugin's. */
		form(opinion, STATUS_INCONCLUSIVE, xstrdup(_("The exploration took too long, and was given up.")));
	} else if (cause_is_machine(run)) {
		form(opinion, STATUS_ERROR, xstrdup(_("The machine was too busy to run it in time.")));
	} else if (hang && evidence->gate_stuck != NULL) {
		bool own = evidence->gate_property == (uint32_t)property || property == PROPERTY_PROCESS_SHARED;
		form(opinion, own ? STATUS_FAIL : STATUS_INCONCLUSIVE, sentence(evidence->gate_stuck));
	} else {
		form(opinion, STATUS_FAIL, cause_text(court->input, run, court->namer, &kind, &where));
		opinion->early_end = !hang || !is_about_waiting(property);
		place_free(&where);
	}
}

/* Whether a crash of this run is a violation of memory safety. */
static void judge_crash(const struct court *court, const struct judge_run *run, struct opinion *opinion)
{
	const char *kind;
	struct source_place where;
	if (opinion->status == STATUS_PASS && run->evidence.end == RUN_SIGNALED) {
		form(opinion, STATUS_FAIL, cause_text(court->input, run, court->namer, &kind, &where));
		place_free(&where);
	}
}

/* What a workload shows that only hidden checks have is told by these alone. */
static bool is_kept_from(const struct exercise *exercise, const struct exercise_check *check,
			 const struct exercise_workload *workload)
{
	bool hidden = false;
	for (size_t i = 0; i < exercise->n_checks; i++) {
		if (exercise->checks[i].workload != workload)
			continue;
		if (!exercise->checks[i].hidden)
			return false;
		hidden = true;
	}
	return hidden && !check->hidden;
}

/* A property that is watched everywhere: what other workloads' runs say against it. */
static void judge_elsewhere(const struct court *court, const struct exercise_check *check, enum engine_id engine,
			    struct opinion *opinion)
{
	for (size_t i = 0; i < court->input->n_runs && opinion->status == STATUS_PASS; i++) {
		const struct judge_run *run = &court->input->runs[i];
		if (run->engine != engine || !run->ran || is_kept_from(court->input->exercise, check, run->workload))
			continue;
		/* A lock with nodes on the heap serves threads well, and crashes between processes. */
		if (run->workload != check->workload && cause_of_processes(court->input, run->workload))
			continue;
		const struct explored *explored = explored_find(&run->evidence, check->property);
		judge_failures(court, run, check->property, opinion);
		if (explored != NULL && explored->said.outcome == EXPLORE_FAIL)
			judge_explored(court, run, check->property, opinion);
		judge_reports(court, run, check->property, opinion);
		if (check->property == PROPERTY_MEMORY_SAFETY)
			judge_crash(court, run, opinion);
	}
}

/* What must hold for the engine to judge the check at all. */
static bool can_judge(const struct court *court, const struct exercise_check *check, const struct judge_run *run,
		      struct opinion *opinion)
{
	const struct judge_input *input = court->input;
	enum engine_id engine = run->engine;
	if (!run->ran && run->skipped == NULL) {
		form(opinion, STATUS_ERROR, xstrdup(run->fault.message != NULL ? run->fault.message : _("not run")));
		return false;
	}
	if (!run->ran) {
		form(opinion, STATUS_INCONCLUSIVE, xstrdup(run->skipped));
		return false;
	}
	if (!input->instrumented && engine == ENGINE_TSAN && check->property == PROPERTY_DATA_RACE) {
		form(opinion, STATUS_INCONCLUSIVE,
		     xasprintf(_("Data races cannot be judged: the plugin was not built with -fsanitize=thread. "
				 "Rebuild it: %s"),
			       input->rebuild));
		return false;
	}
	return true;
}

/* After all that is said against it: whether a pass of this engine would mean anything. */
static void weigh_pass(const struct court *court, const struct exercise_check *check, enum engine_id engine,
		       struct opinion *opinion)
{
	if (opinion->status != STATUS_PASS || engine != ENGINE_TSAN || check->property != PROPERTY_DATA_RACE)
		return;
	if (court->input->fences)
		form(
		    opinion, STATUS_INCONCLUSIVE,
		    xstrdup(_(
			"ThreadSanitizer does not understand atomic_thread_fence: what it reports, or does not, proves "
			"nothing.")));
}

/* How much processor time waiting took. It depends on the machine and on what else it does, so that it decides nothing:
 * the explorer does, and this is told of the engine only, not in the check's own words. */
static void measure_waiting(const struct judge_run *run, struct opinion *opinion)
{
	const struct evidence *evidence = &run->evidence;
	double waited = (double)evidence->request_ns / 1e9, burnt = (double)evidence->request_cpu_ns / 1e9;
	if (evidence->end != RUN_DONE || evidence->request_ns == 0) {
		form(opinion, STATUS_INCONCLUSIVE,
		     xstrdup(_("Nothing could be measured: the run did not come to its end.")));
		return;
	}
	form(opinion, STATUS_INCONCLUSIVE,
	     xasprintf(
		 _("Measured with %u real threads: they waited for %.3f s in all, and used %.3f s of processor time "
		   "meanwhile."),
		 evidence->n_threads, waited, burnt));
}

static struct opinion ask(const struct court *court, const struct exercise_check *check, const struct judge_run *run)
{
	struct opinion opinion = { .status = STATUS_PASS };
	if (!can_judge(court, check, run, &opinion))
		return opinion;
	if (check->property == PROPERTY_BUSY_WAITING && run->engine != ENGINE_EXPLORE) {
		measure_waiting(run, &opinion);
		return opinion;
	}
	judge_failures(court, run, check->property, &opinion);
	judge_explored(court, run, check->property, &opinion);
	judge_reports(court, run, check->property, &opinion);
	if (watched_everywhere(check->property))
		judge_elsewhere(court, check, run->engine, &opinion);
	judge_end(court, run, check->property, &opinion);
	expect_explored(run, check->property, &opinion);
	weigh_pass(court, check, run->engine, &opinion);
	return opinion;
}

/* ---- checks ---- */

/* Fail beats error beats pass; what some engine could judge is judged. */
static unsigned weight(enum check_status status)
{
	static const unsigned weights[] = {
		[STATUS_INCONCLUSIVE] = 0, [STATUS_PASS] = 1, [STATUS_ERROR] = 2, [STATUS_FAIL] = 3
	};
	return weights[status];
}

/* What an exploration has to show for its opinion: numbers, and a counterexample. */
static void take_explored(const struct court *court, const struct judge_run *run, enum workload_property property,
			  const struct opinion *opinion, struct engine_result *said, struct check_result *check)
{
	const struct explored *explored = opinion->explored != NULL ? opinion->explored
					  : run->ran                ? explored_find(&run->evidence, property)
								    : NULL;
	if (explored == NULL)
		return;
	said->executions = explored->said.executions;
	said->complete = explored->said.complete != 0;
	said->max_bypass = explored->said.max_bypass;
	if (opinion->explored != NULL && check->counterexample == NULL)
		check->counterexample = explored_counterexample(explored, opinion->run, court->namer);
}

/* The known mistake that fails in the same way; NULL: none, or more than one. */
static const char *find_mistake(const struct exercise *exercise, const struct check_result *check)
{
	const char *name = NULL;
	char *shape = check->counterexample != NULL ? shape_of(check->property, check->counterexample) : NULL;
	for (size_t i = 0; i < exercise->n_mistakes && shape != NULL; i++) {
		const struct exercise_mistake *mistake = &exercise->mistakes[i];
		if (strcmp(mistake->check, check->id) != 0 || strcmp(mistake->shape, shape) != 0)
			continue;
		if (name != NULL && strcmp(name, mistake->name) != 0) {
			name = NULL;
			break;
		}
		name = mistake->name;
	}
	free(shape);
	return name;
}

/* What helps to understand a failed check, as far as the exercise lets students have it. */
static void teach(const struct exercise *exercise, const struct exercise_check *check, bool hint_helps,
		  struct check_result *added)
{
	const char *mistake = exercise->withheld.mistakes ? NULL : find_mistake(exercise, added);
	if (check->hint != NULL && hint_helps && !exercise->withheld.hints)
		added->hint = xstrdup(check->hint);
	if (check->section != NULL && hint_helps)
		added->section = xstrdup(check->section);
	if (mistake != NULL)
		added->resembles = xstrdup(mistake);
	if (exercise->withheld.counterexamples) {
		counterexample_destroy(added->counterexample);
		added->counterexample = NULL;
	}
}

static void judge_check(const struct court *court, const struct exercise_check *check)
{
	struct check_result *added = result_add_check(court->result);
	bool first = true, hint_helps = true;
	added->id = xstrdup(check->id);
	added->workload = xstrdup(check->workload->name);
	added->property = check->property;
	added->max_score = check->points;
	added->hidden = check->hidden;
	added->status = STATUS_INCONCLUSIVE;
	for (unsigned engine = 0; engine < ENGINE_COUNT; engine++) {
		const struct judge_run *run = find_run(court->input, check->workload, (enum engine_id)engine);
		if ((check->engines & 1u << engine) == 0 || run == NULL)
			continue;
		struct opinion opinion = ask(court, check, run);
		struct engine_result *said = check_add_engine(added, (enum engine_id)engine);
		said->status = opinion.status;
		said->executions = run->ran ? run->evidence.trials : 0;
		said->duration_ms = run->ran ? run->evidence.duration_ms : 0;
		said->message = opinion.message;
		take_explored(court, run, check->property, &opinion, said, added);
		if (first || weight(opinion.status) > weight(added->status)) {
			added->status = opinion.status;
			text_replace(&added->message, opinion.message != NULL ? xstrdup(opinion.message) : NULL);
			hint_helps = !opinion.early_end;
		}
		first = false;
	}
	if (added->message == NULL)
		added->message =
		    xstrdup(added->status == STATUS_PASS ? "" : _("No engine of this grader can judge it."));
	if (added->status == STATUS_FAIL)
		teach(court->input->exercise, check, hint_helps, added);
}

/* ---- findings ---- */

static struct finding *add_finding(struct result *result, const struct judge_run *run, const char *kind)
{
	struct finding *finding = result_add_finding(result, kind);
	finding->workload = xstrdup(run->workload->name);
	finding->engine = (int)run->engine;
	return finding;
}

/* The same thing seen again in another workload or by another engine is told once. */
static bool told_already(const struct result *result, const char *message)
{
	for (size_t i = 0; i < result->n_findings; i++) {
		if (result->findings[i].message != NULL && strcmp(result->findings[i].message, message) == 0)
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
	    xasprintf(_("ThreadSanitizer reports data races (%zu). It does not understand atomic_thread_fence, so "
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
		       xasprintf(_("The plugin %s. Nothing that synchronizes has a use for that: look at the source "
				   "before you believe its results."),
				 run->evidence.tampered));
}

static void find_reports(const struct court *court, const struct judge_run *run)
{
	size_t misread = 0, told = 0;
	/* Of an uninstrumented plugin ThreadSanitizer sees only the library calls: its races are guesses. */
	if (!court->input->instrumented)
		return;
	for (size_t i = 0; i < run->evidence.n_reports; i++) {
		const struct frame_report *report = &run->evidence.reports[i];
		if (!sanitizer_concerns(report))
			continue;
		if (sanitizer_class(report) == REPORT_RACE && court->input->fences) {
			misread++;
		} else if (told++ < REPORTS_TOLD_MAX) {
			struct finding *finding = add_finding(court->result, run, report->kind);
			char *message = sanitizer_text(report, run->workload_path, court->namer, finding);
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

static void take_output(struct result *result, const struct judge_run *run)
{
	if (run->evidence.output == NULL || result->output != NULL)
		return;
	result->output = xstrdup(run->evidence.output);
}

void judge(const struct judge_input *input, struct result *result)
{
	struct court court = { .input = input, .result = result };
	court.namer = namer_create(input->plugin_path, input->exercise->plugin);
	for (size_t i = 0; i < input->exercise->n_checks; i++) {
		const struct exercise_check *check = &input->exercise->checks[i];
		bool asked = input->only_check == NULL || strcmp(input->only_check, check->id) == 0;
		if (asked && (check->engines & input->engines) != 0)
			judge_check(&court, check);
	}
	for (size_t i = 0; i < input->n_runs; i++) {
		if (!input->runs[i].ran)
			continue;
		find_reports(&court, &input->runs[i]);
		find_tampering(&court, &input->runs[i]);
		find_end(&court, &input->runs[i]);
		take_output(result, &input->runs[i]);
	}
	namer_destroy(court.namer);
	result_conclude(result);
}
