#include "judge.h"

#include <stdlib.h>
#include <string.h>

#include "bound_names.h"
#include "cause.h"
#include "charge.h"
#include "court.h"
#include "enough.h"
#include "explored.h"
#include "findings.h"
#include "namer.h"
#include "races.h"
#include "reasons.h"
#include "saying.h"
#include "shape.h"
#include "text.h"
#include "told.h"
#include "translate.h"

/* What one engine says of one check, before it is put into the result. */
struct opinion {
	enum check_status status;
	char *message;
	bool early_end;                  /* it speaks of how a run ended, not of the property */
	bool busy;                       /* an error because the machine is busy: only where nobody else knows better */
	const struct explored *explored; /* where it comes from an exploration */
	const struct judge_run *run;     /* in which that was seen */
};

static void form(struct opinion *opinion, enum check_status status, char *message)
{
	free(opinion->message);
	*opinion = (struct opinion){ .status = status, .message = message };
}

/* A failure, and the run that shows it. */
static void seen(struct opinion *opinion, const struct judge_run *run, char *message)
{
	form(opinion, STATUS_FAIL, message);
	opinion->run = run;
}

static const struct judge_run *find_run(const struct judge_input *input, const struct exercise_workload *workload,
					enum engine_id engine)
{
	for (size_t i = 0; i < input->n_runs; i++) {
		if (input->runs[i].workload == workload && input->runs[i].engine == engine)
			return &input->runs[i];
	}
	/* A schedule that is replayed for a check may be another workload's. */
	return input->only_check != NULL && input->n_runs == 1 && input->runs[0].engine == engine ? input->runs : NULL;
}

/* Properties that are watched in every workload: the one check that an exercise gives them speaks for all. */
static bool watched_everywhere(enum workload_property property)
{
	return property == PROPERTY_DATA_RACE || property == PROPERTY_MEMORY_SAFETY;
}

/* ---- opinions ---- */

/* What a workload says, as a sentence. */
static char *workload_sentence(const char *words)
{
	char *said = say_workload(words), *sentence = say_sentence(said);
	free(said);
	return sentence;
}

/* What the workload noted, in the worker or the referee. */
static void judge_failures(const struct court *court, const struct judge_run *run, enum workload_property property,
			   struct opinion *opinion)
{
	const struct evidence *evidence = &run->evidence;
	/* Whatever goes wrong between processes. */
	bool any = property == PROPERTY_PROCESS_SHARED && cause_of_processes(court->input, run->workload) &&
		   !evidence->gave_up;
	for (size_t i = 0; i < evidence->n_failures && opinion->status == STATUS_PASS; i++) {
		if (evidence->failures[i].property != property && !any)
			continue;
		seen(opinion, run, workload_sentence(evidence->failures[i].message));
	}
}

/* ThreadSanitizer's reports, where they bear on the property. */
static void judge_reports(const struct court *court, const struct judge_run *run, enum workload_property property,
			  struct opinion *opinion)
{
	const struct evidence *evidence = &run->evidence;
	for (size_t i = 0; i < evidence->n_reports && opinion->status == STATUS_PASS; i++) {
		if (!races_concern(evidence, &evidence->reports[i]))
			continue;
		enum sanitizer_class class = sanitizer_class(&evidence->reports[i]);
		bool race = class == REPORT_RACE && property == PROPERTY_DATA_RACE && !court->input->fences &&
			    court->input->instrumented;
		bool memory = class == REPORT_MEMORY && property == PROPERTY_MEMORY_SAFETY;
		if (race || memory)
			seen(opinion, run,
			     sanitizer_text(&evidence->reports[i], run->workload_path, court->namer, NULL));
	}
}

/* The explorer's sentence, with the code that it is about, and what explains it. */
static char *explored_sentence(const struct court *court, const struct judge_run *run, const struct explored *explored)
{
	struct source_place where = { 0 };
	namer_begin_story(court->namer, explored->steps, explored->n_steps);
	namer_code(court->namer, run->workload_path, &explored->said.code, &where);
	char *place = place_text(&where);
	char *words = told_words(explored, run, court->namer);
	if (place[0] != '\0')
		text_replace(&words, say(N_("%s, in %s"), words, place));
	char *said = say_sentence(words), *why = explored_blame(explored, run, court->namer);
	if (why != NULL)
		text_replace(&said, xasprintf("%s %s", said, why));
	char *reason = explored->said.outcome == EXPLORE_FAIL ? reason_of(explored, run, court->namer) : NULL;
	if (reason != NULL) {
		char *first = say_sentence(reason);
		text_replace(&said, xasprintf("%s %s", said, first));
		free(first);
	}
	namer_end_story(court->namer);
	free(reason);
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
		seen(opinion, run, explored_sentence(court, run, explored));
		opinion->explored = explored;
	} else if (explored->said.outcome == EXPLORE_MISFIT) {
		form(opinion, STATUS_ERROR,
		     say(N_("the schedule does not fit this plugin: %s"), explored->said.message));
	} else if (explored->said.outcome == EXPLORE_INCONCLUSIVE) {
		form(opinion, STATUS_INCONCLUSIVE, explored_sentence(court, run, explored));
	} else if (property == PROPERTY_BUSY_WAITING && explored->said.message[0] != '\0') {
		form(opinion, STATUS_PASS, explored_sentence(court, run, explored)); /* how it waits, also if well */
	}
}

/* Where no execution comes to its end because threads wait for ever, that is said: nothing is wrong with the budget. */
static void explain_nothing(const struct court *court, const struct judge_run *run, const struct explored *explored,
			    struct opinion *opinion)
{
	const struct explored *stuck = explored_find(&run->evidence, PROPERTY_PROGRESS);
	const struct exercise_check *waiting = charge_waiting(court->input->exercise, run->workload, run->engine);
	if (explored->said.looked_at > 0 || stuck == NULL || stuck->said.outcome != EXPLORE_FAIL || waiting == NULL)
		return;
	form(opinion, STATUS_INCONCLUSIVE, say(N_("Not judged: no execution comes to its end. See %s."), waiting->id));
}

/* An exploration that says nothing of a property, or has looked at too little, proves nothing. */
static void expect_explored(const struct court *court, const struct exercise_check *check, const struct judge_run *run,
			    struct opinion *opinion)
{
	const struct explored *explored = explored_find(&run->evidence, check->property);
	if (run->engine != ENGINE_EXPLORE || opinion->status == STATUS_FAIL)
		return;
	if (explored == NULL) {
		if (opinion->status == STATUS_PASS)
			form(opinion, STATUS_INCONCLUSIVE, say_only(N_("The explorer did not judge it.")));
		return;
	}
	struct coverage coverage = coverage_of(explored);
	if (opinion->status == STATUS_PASS && !court->input->replays &&
	    !enough_looked_at(&run->workload->coverage, check->property, &coverage))
		form(opinion, STATUS_INCONCLUSIVE,
		     enough_missing(court->input->exercise, run->workload, check->property, &coverage));
	if (opinion->status == STATUS_PASS && !enough_waiting(court->input))
		form(opinion, STATUS_INCONCLUSIVE,
		     say_only(
			 N_("Not judged: no call ever waits for another thread, so that nothing is synchronized.")));
	if (opinion->status == STATUS_INCONCLUSIVE)
		explain_nothing(court, run, explored, opinion);
	/* One execution that shows nothing proves nothing. */
	if (opinion->status == STATUS_PASS && court->input->replays) {
		form(opinion, STATUS_INCONCLUSIVE, say_only(N_("This schedule shows no violation of it.")));
		court->result->shows_nothing = true;
	}
}

/* What a run that we ended says of any property: nothing. */
static void judge_cut(const struct judge_run *run, struct opinion *opinion)
{
	bool late = run->evidence.end == RUN_WALL_LIMIT || run->evidence.end == RUN_CPU_LIMIT;
	if (run->engine == ENGINE_EXPLORE && late) {
		/* How long a search takes is our business, not the plugin's. */
		form(opinion, STATUS_INCONCLUSIVE, say_only(N_("The exploration took too long, and was given up.")));
	} else if (run->engine == ENGINE_EXPLORE && run->evidence.end == RUN_MEMORY_LIMIT) {
		form(opinion, STATUS_INCONCLUSIVE,
		     say_only(N_("The exploration took too much memory, and was given up.")));
	} else if (run->engine == ENGINE_EXPLORE) {
		form(opinion, STATUS_INCONCLUSIVE,
		     say_only(N_("The exploration sleeps where the explorer does not see it, and was given up.")));
	} else if (cause_is_machine(run)) {
		form(opinion, STATUS_ERROR, say_only(N_("The machine was too busy to run it in time.")));
		opinion->busy = true;
	} else {
		form(opinion, STATUS_INCONCLUSIVE,
		     say_only(N_("Not judged: the run was not done in its time, and was given up.")));
	}
}

/* A run that did not get to its end is charged to one check, or to all of its workload; the others know nothing. */
static void judge_end(const struct court *court, const struct exercise_check *check, const struct judge_run *run,
		      struct opinion *opinion)
{
	const struct exercise_check *charged;
	enum charge charge = charge_end(court->input, run, &charged);
	const char *kind;
	struct source_place where = { 0 };
	if (opinion->status != STATUS_PASS)
		return;
	if (run->evidence.end == RUN_DONE) {
		if (run->evidence.gave_up)
			form(opinion, STATUS_INCONCLUSIVE,
			     say_only(N_("Not judged: a thread left its work undone, because another check fails.")));
	} else if (charge == CHARGE_NOBODY) {
		judge_cut(run, opinion);
	} else if (charge == CHARGE_ALL || charged == check) {
		char *text = charged == check && run->evidence.gate_stuck != NULL
				 ? workload_sentence(run->evidence.gate_stuck)
				 : cause_text(court->input, run, court->namer, &kind, &where);
		seen(opinion, run, text);
		opinion->early_end = charge == CHARGE_ALL;
		place_free(&where);
	} else {
		form(opinion, STATUS_INCONCLUSIVE,
		     say(N_("Not judged: the run did not come to its end. That is held against %s."), charged->id));
	}
}

/* Whether the explorer has found something else that the workload is there for: who waits then may well wait for that.
 */
static bool fails_otherwise(const struct judge_run *run)
{
	for (size_t i = 0; i < run->evidence.n_explored; i++) {
		const struct frame_explore_property *said = &run->evidence.explored[i].said;
		if (said->outcome == EXPLORE_FAIL && said->property != PROPERTY_PROGRESS &&
		    said->property != PROPERTY_LOST_WAKEUP &&
		    !watched_everywhere((enum workload_property)said->property))
			return true;
	}
	return false;
}

/* Threads that the explorer saw wait for ever. */
static void judge_stuck(const struct court *court, const struct exercise_check *check, const struct judge_run *run,
			struct opinion *opinion)
{
	const struct explored *explored = explored_find(&run->evidence, PROPERTY_PROGRESS);
	if (run->workload != check->workload && fails_otherwise(run))
		return;
	if (explored != NULL && explored->said.outcome == EXPLORE_FAIL &&
	    charge_waiting(court->input->exercise, run->workload, run->engine) == check) {
		/* That no execution came to its end is what they have done. */
		if (opinion->status == STATUS_INCONCLUSIVE)
			form(opinion, STATUS_PASS, NULL);
		judge_explored(court, run, PROPERTY_PROGRESS, opinion);
	}
}

/* Whatever else the explorer saw in the run, though no check of its workload is about it. */
static void judge_unasked(const struct court *court, const struct exercise_check *check, const struct judge_run *run,
			  struct opinion *opinion)
{
	for (size_t i = 0; i < run->evidence.n_explored && opinion->status == STATUS_PASS; i++) {
		const struct frame_explore_property *said = &run->evidence.explored[i].said;
		enum workload_property property = (enum workload_property)said->property;
		if (said->outcome == EXPLORE_FAIL && property != PROPERTY_PROGRESS &&
		    property != PROPERTY_LOST_WAKEUP && !watched_everywhere(property) &&
		    charge_finding(court->input, run, property) == check)
			judge_explored(court, run, property, opinion);
	}
}

/* What other workloads' runs are charged to this check with. */
static void judge_charges(const struct court *court, const struct exercise_check *check, enum engine_id engine,
			  struct opinion *opinion)
{
	for (size_t i = 0; i < court->input->n_runs && opinion->status == STATUS_PASS; i++) {
		const struct judge_run *run = &court->input->runs[i];
		const struct exercise_check *charged;
		if (run->engine != engine || !run->ran || run->workload == check->workload)
			continue;
		if (charge_end(court->input, run, &charged) == CHARGE_ONE && charged == check)
			judge_end(court, check, run, opinion);
		judge_stuck(court, check, run, opinion);
		judge_unasked(court, check, run, opinion);
	}
}

/* A property that is watched everywhere: what other workloads' runs say against it. */
static void judge_elsewhere(const struct court *court, const struct exercise_check *check, enum engine_id engine,
			    struct opinion *opinion)
{
	for (size_t i = 0; i < court->input->n_runs && opinion->status == STATUS_PASS; i++) {
		const struct judge_run *run = &court->input->runs[i];
		if (run->engine != engine || !run->ran ||
		    charge_is_kept_from(check, court->input->exercise, run->workload))
			continue;
		/* A lock with nodes on the heap serves threads well, and crashes between processes. */
		if (run->workload != check->workload && cause_of_processes(court->input, run->workload))
			continue;
		const struct explored *explored = explored_find(&run->evidence, check->property);
		judge_failures(court, run, check->property, opinion);
		if (explored != NULL && explored->said.outcome == EXPLORE_FAIL)
			judge_explored(court, run, check->property, opinion);
		judge_reports(court, run, check->property, opinion);
	}
}

/* What must hold for the engine to judge the check at all. */
static bool can_judge(const struct court *court, const struct exercise_check *check, const struct judge_run *run,
		      struct opinion *opinion)
{
	const struct judge_input *input = court->input;
	enum engine_id engine = run->engine;
	if (!run->ran && run->skipped == NULL) {
		form(opinion, STATUS_ERROR,
		     run->fault.message != NULL ? xstrdup(run->fault.message) : say_only(N_("not run")));
		return false;
	}
	if (!run->ran) {
		form(opinion, STATUS_INCONCLUSIVE, say_only(run->skipped));
		return false;
	}
	if (!input->instrumented && engine == ENGINE_TSAN && check->property == PROPERTY_DATA_RACE) {
		form(opinion, STATUS_INCONCLUSIVE,
		     say(N_("Data races cannot be judged: the plugin was not built with -fsanitize=thread. "
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
		    say_only(N_(
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
		     say_only(N_("Nothing could be measured: the run did not come to its end.")));
		return;
	}
	form(opinion, STATUS_INCONCLUSIVE,
	     say(N_("Measured with %u real threads: they waited for %.3f s in all, and used %.3f s of processor time "
		    "meanwhile."),
		 evidence->n_threads, waited, burnt));
}

/* What is against the check in its own workload's run. */
static void judge_own(const struct court *court, const struct exercise_check *check, const struct judge_run *run,
		      struct opinion *opinion)
{
	judge_failures(court, run, check->property, opinion);
	judge_explored(court, run, check->property, opinion);
	judge_stuck(court, check, run, opinion);
	judge_unasked(court, check, run, opinion);
	judge_reports(court, run, check->property, opinion);
}

/* The explorer's run of another workload that the check asks for too; NULL: there was none. */
static const struct judge_run *run_also(const struct court *court, const struct exercise_workload *workload)
{
	for (size_t i = 0; i < court->input->n_runs; i++) {
		const struct judge_run *run = &court->input->runs[i];
		if (run->workload == workload && run->engine == ENGINE_EXPLORE && run->ran)
			return run;
	}
	return NULL;
}

/* A violation that is seen there, whatever the check's own workload shows. */
static void judge_also(const struct court *court, const struct exercise_check *check, enum engine_id engine,
		       struct opinion *opinion)
{
	for (size_t i = 0; i < check->n_also && engine == ENGINE_EXPLORE && opinion->status != STATUS_FAIL; i++) {
		const struct judge_run *run = run_also(court, check->also[i]);
		const struct explored *explored = run != NULL ? explored_find(&run->evidence, check->property) : NULL;
		if (explored == NULL || explored->said.outcome != EXPLORE_FAIL)
			continue;
		form(opinion, STATUS_PASS, NULL);
		judge_explored(court, run, check->property, opinion);
	}
}

static struct opinion ask(const struct court *court, const struct exercise_check *check, const struct judge_run *run)
{
	struct opinion opinion = { .status = STATUS_PASS };
	if (court->input->explorer_lies && run->engine == ENGINE_EXPLORE) {
		form(&opinion, STATUS_FAIL,
		     say_only(N_(
			 "What the explorer says of this plugin is not believed: asked about a workload that is wrong "
			 "whatever the plugin does, it found nothing.")));
		return opinion;
	}
	if (check->property == PROPERTY_BUSY_WAITING && run->engine != ENGINE_EXPLORE) {
		if (can_judge(court, check, run, &opinion))
			measure_waiting(run, &opinion);
		return opinion;
	}
	if (run->ran)
		judge_own(court, check, run, &opinion);
	judge_also(court, check, run->engine, &opinion);
	if (watched_everywhere(check->property) && opinion.status != STATUS_FAIL)
		judge_elsewhere(court, check, run->engine, &opinion);
	judge_charges(court, check, run->engine, &opinion);
	if (opinion.status == STATUS_FAIL || !can_judge(court, check, run, &opinion))
		return opinion;
	judge_end(court, check, run, &opinion);
	expect_explored(court, check, run, &opinion);
	weigh_pass(court, check, run->engine, &opinion);
	return opinion;
}

/* ---- checks ---- */

/* Fail beats error beats pass; what some engine could judge is judged. */
static unsigned weight(const struct opinion *opinion)
{
	static const unsigned weights[] = {
		[STATUS_INCONCLUSIVE] = 1, [STATUS_PASS] = 2, [STATUS_ERROR] = 3, [STATUS_FAIL] = 4
	};
	return opinion->busy ? weights[STATUS_INCONCLUSIVE] : weights[opinion->status];
}

/* The first of those that weigh most; NULL: nobody was asked. */
static const struct opinion *weigh(const struct opinion *opinions, const bool *asked)
{
	const struct opinion *best = NULL;
	for (unsigned engine = 0; engine < ENGINE_COUNT; engine++) {
		if (asked[engine] && (best == NULL || weight(&opinions[engine]) > weight(best)))
			best = &opinions[engine];
	}
	return best;
}

/* What real threads saw, and the explorer did not come across. */
static char *seen_by_threads(const struct opinion *opinion, const struct judge_run *explored)
{
	const struct run_size *size = &explored->workload->size[ENGINE_EXPLORE];
	unsigned threads = opinion->run->evidence.n_threads;
	return say(N_("%s Seen with %u real threads: the explorer (threads: %u, rounds: %llu) did not come across "
		      "it."),
		   opinion->message, threads, explored->evidence.n_threads, (unsigned long long)size->rounds);
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
	said->coverage = coverage_of(explored);
	said->bounds = explored->said.bounds & ((1u << BOUND_COUNT) - 1);
	said->max_bypass = explored->said.max_bypass;
	if (opinion->explored != NULL && check->counterexample == NULL)
		check->counterexample = explored_counterexample(explored, opinion->run, check->workload, court->namer);
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

/* What objects share is no question where nothing lies outside of them. */
static bool hint_fits(const struct judge_input *input, const struct exercise_check *check)
{
	return check->property != PROPERTY_INDEPENDENCE || input->has_variables;
}

/* What helps to understand a failed check, as far as the exercise lets students have it. */
static void teach(const struct judge_input *input, const struct exercise_check *check, bool hint_helps,
		  struct check_result *added)
{
	const struct exercise *exercise = input->exercise;
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

static void conclude(const struct court *court, const struct exercise_check *check, const struct opinion *opinions,
		     const bool *asked, struct check_result *added)
{
	const struct opinion *best = weigh(opinions, asked), *explored = &opinions[ENGINE_EXPLORE];
	/* Real threads see what luck shows them: where the explorer could not look, they prove nothing. */
	if (best != NULL && best->status == STATUS_PASS && asked[ENGINE_EXPLORE] &&
	    explored->status == STATUS_INCONCLUSIVE && check->workload->coverage.accept > COVERAGE_NOTHING)
		best = explored;
	added->status = best != NULL ? best->status : STATUS_INCONCLUSIVE;
	if (best == NULL)
		added->message = say_only(N_("No engine of this grader can judge it."));
	else if (best->status == STATUS_FAIL && best != explored && asked[ENGINE_EXPLORE] &&
		 explored->status == STATUS_PASS && explored->run->ran && !best->early_end)
		added->message = seen_by_threads(best, explored->run);
	else
		added->message = xstrdup(best->message != NULL ? best->message : "");
	if (added->status == STATUS_FAIL)
		teach(court->input, check, !best->early_end && hint_fits(court->input, check), added);
}

/* What the explorer says of the other workloads, where it finds nothing against the check there. It takes nothing away.
 */
static void tell_also(const struct court *court, const struct exercise_check *check, struct check_result *added)
{
	for (size_t i = 0; i < check->n_also; i++) {
		const struct judge_run *run = run_also(court, check->also[i]);
		if (run == NULL)
			continue;
		struct opinion opinion = { .status = STATUS_PASS };
		judge_explored(court, run, check->property, &opinion);
		judge_end(court, check, run, &opinion);
		expect_explored(court, check, run, &opinion);
		struct engine_result *said = check_add_engine(added, ENGINE_EXPLORE);
		said->status = opinion.status;
		said->threads = run->evidence.n_threads;
		said->duration_ms = run->evidence.duration_ms;
		said->message = opinion.message;
		take_explored(court, run, check->property, &opinion, said, added);
	}
}

static void judge_check(const struct court *court, const struct exercise_check *check)
{
	struct check_result *added = result_add_check(court->result);
	struct opinion opinions[ENGINE_COUNT] = { 0 };
	bool asked[ENGINE_COUNT] = { false };
	added->id = xstrdup(check->id);
	added->workload = xstrdup(check->workload->name);
	added->property = check->property;
	added->max_score = check->points;
	added->hidden = check->hidden;
	for (size_t i = 0; i < check->n_requires; i++)
		check_add_requirement(added, court->input->exercise->checks[check->requires[i]].id);
	for (unsigned engine = 0; engine < ENGINE_COUNT; engine++) {
		const struct judge_run *run = find_run(court->input, check->workload, (enum engine_id)engine);
		if ((check->engines & 1u << engine) == 0 || run == NULL)
			continue;
		struct opinion *opinion = &opinions[engine];
		*opinion = ask(court, check, run);
		asked[engine] = true;
		struct engine_result *said = check_add_engine(added, (enum engine_id)engine);
		said->status = opinion->status;
		said->threads = run->ran ? run->evidence.n_threads : 0;
		said->executions = run->ran ? run->evidence.trials : 0;
		said->duration_ms = run->ran ? run->evidence.duration_ms : 0;
		said->message = opinion->message;
		take_explored(court, run, check->property, opinion, said, added);
		if (opinion->run == NULL)
			opinion->run = run;
		if (opinion->status == STATUS_FAIL && opinion->run->ran)
			said->threads = opinion->run->evidence.n_threads;
	}
	/* Of a replay there is one run. */
	if (asked[ENGINE_EXPLORE] && opinions[ENGINE_EXPLORE].status != STATUS_FAIL && !court->input->replays)
		tell_also(court, check, added);
	conclude(court, check, opinions, asked, added);
}

static void take_output(struct result *result, const struct judge_run *run)
{
	if (run->evidence.output == NULL || result->output != NULL)
		return;
	result->output = xstrdup(run->evidence.output);
}

/* What a student and an instructor must not overlook. */
static void find_lie(const struct court *court)
{
	if (!court->input->explorer_lies)
		return;
	struct finding *finding = result_add_finding(court->result, "deceit");
	finding->engine = ENGINE_EXPLORE;
	finding->message =
	    say_only(N_("The explorer was asked about a workload that is wrong whatever the plugin does, and "
			"called it right. Something in the plugin answers for it: look at the source."));
}

void judge(const struct judge_input *input, struct result *result)
{
	struct court court = { .input = input, .result = result };
	court.namer = namer_create(input->plugin_path, &input->exercise->kind);
	for (size_t i = 0; i < input->exercise->n_checks; i++) {
		const struct exercise_check *check = &input->exercise->checks[i];
		bool asked = input->only_check == NULL || strcmp(input->only_check, check->id) == 0;
		if (asked && (check->engines & input->engines) != 0)
			judge_check(&court, check);
	}
	for (size_t i = 0; i < input->n_runs; i++) {
		if (!input->runs[i].ran)
			continue;
		findings_add(&court, &input->runs[i]);
		take_output(result, &input->runs[i]);
	}
	namer_destroy(court.namer);
	find_lie(&court);
	enough_requires(result);
	result_put_into_words(result);
	result_take_wordings(result, &input->exercise->wordings);
	result_conclude(result);
}
