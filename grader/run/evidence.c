#include "evidence.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

enum { FAILURES_MAX = 64, REPORTS_MAX = 64, STEPS_MAX = 20000 };

void evidence_add_failure(struct evidence *evidence, enum workload_property property, uint32_t self,
			  const char *message, bool referee)
{
	if (evidence->n_failures >= FAILURES_MAX)
		return;
	evidence->failures = xrealloc(evidence->failures, (evidence->n_failures + 1) * sizeof(*evidence->failures));
	evidence->failures[evidence->n_failures++] = (struct run_failure){
		.property = property,
		.self = self,
		.message = xstrdup(message),
		.referee = referee,
	};
}

void evidence_add_report(struct evidence *evidence, const struct frame_report *report)
{
	if (evidence->n_reports >= REPORTS_MAX)
		return;
	evidence->reports = xrealloc(evidence->reports, (evidence->n_reports + 1) * sizeof(*evidence->reports));
	struct frame_report *added = &evidence->reports[evidence->n_reports++];
	*added = *report;
	/* The counts are a stranger's. */
	if (added->n_accesses > REPORT_ACCESSES_MAX)
		added->n_accesses = REPORT_ACCESSES_MAX;
	for (uint32_t i = 0; i < added->n_accesses; i++) {
		if (added->access[i].n_stack > REPORT_STACK_MAX)
			added->access[i].n_stack = REPORT_STACK_MAX;
	}
}

static struct explored *find_explored(struct evidence *evidence, uint32_t property)
{
	for (size_t i = 0; i < evidence->n_explored; i++) {
		if (evidence->explored[i].said.property == property)
			return &evidence->explored[i];
	}
	return NULL;
}

bool evidence_add_explored(struct evidence *evidence, const struct frame_explore_property *said)
{
	if (said->property >= PROPERTY_COUNT || said->outcome > EXPLORE_MISFIT || said->coverage >= COVERAGE_COUNT ||
	    said->surprises >= SURPRISES_COUNT || find_explored(evidence, said->property) != NULL)
		return false;
	evidence->explored = xrealloc(evidence->explored, (evidence->n_explored + 1) * sizeof(*evidence->explored));
	evidence->explored[evidence->n_explored++] = (struct explored){ .said = *said };
	return true;
}

bool evidence_add_steps(struct evidence *evidence, const struct frame_explore_steps *steps)
{
	struct explored *explored = find_explored(evidence, steps->property);
	if (explored == NULL || steps->first != explored->n_steps || explored->n_steps + steps->n > STEPS_MAX)
		return false;
	explored->steps = xrealloc(explored->steps, (explored->n_steps + steps->n) * sizeof(*explored->steps));
	memcpy(explored->steps + explored->n_steps, steps->step, steps->n * sizeof(*explored->steps));
	explored->n_steps += steps->n;
	return true;
}

void evidence_add_rounds(struct evidence *evidence, const struct board *board)
{
	for (uint32_t i = 0; i < evidence->n_threads; i++) {
		const struct board_thread *thread = &board->thread[i];
		evidence->rounds += atomic_load_explicit(&thread->round, memory_order_relaxed);
		evidence->request_ns += atomic_load_explicit(&thread->waited_ns, memory_order_relaxed);
		evidence->request_cpu_ns += atomic_load_explicit(&thread->waited_cpu_ns, memory_order_relaxed);
	}
}

void evidence_take_board(struct evidence *evidence, const struct board *board)
{
	evidence->ended = atomic_load_explicit(&board->ended, memory_order_relaxed);
	evidence->phase = atomic_load(&board->phase);
	evidence->gave_up = evidence->gave_up || atomic_load_explicit(&board->gave_up, memory_order_relaxed) != 0;
	for (uint32_t i = 0; i <= evidence->n_threads && i < BOARD_THREADS_MAX; i++) {
		const struct board_thread *thread = &board->thread[i];
		uint32_t operation = atomic_load_explicit(&thread->operation, memory_order_relaxed);
		uint32_t gate = atomic_load_explicit(&thread->gate, memory_order_relaxed);
		evidence->thread[i] = (struct run_thread){
			.operation = operation < TRIAL_OPERATION_COUNT ? operation : TRIAL_OPERATION_NONE,
			.sections = atomic_load_explicit(&thread->sections, memory_order_relaxed),
			.gate = gate <= TRIAL_GATES_MAX ? gate : 0,
			.finished = atomic_load_explicit(&thread->finished, memory_order_relaxed) != 0,
			.round = atomic_load_explicit(&thread->round, memory_order_relaxed),
		};
		if (evidence->thread[i].gate != 0 && evidence->gate_stuck == NULL) {
			const struct board_gate *stuck = &board->gate[gate - 1];
			evidence->gate_property =
			    stuck->property < PROPERTY_COUNT ? stuck->property : PROPERTY_PROGRESS;
			evidence->gate_stuck = xstrndup(stuck->stuck, sizeof(stuck->stuck));
		}
	}
	if (evidence->crash.n_stack > REPORT_STACK_MAX)
		evidence->crash.n_stack = REPORT_STACK_MAX;
}

void evidence_free(struct evidence *evidence)
{
	for (size_t i = 0; i < evidence->n_failures; i++)
		free(evidence->failures[i].message);
	for (size_t i = 0; i < evidence->n_explored; i++)
		free(evidence->explored[i].steps);
	free(evidence->explored);
	free(evidence->failures);
	free(evidence->reports);
	free(evidence->text);
	free(evidence->gate_stuck);
	free(evidence->output);
	free(evidence->tampered);
	*evidence = (struct evidence){ 0 };
}
