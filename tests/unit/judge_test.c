#include <stdlib.h>

#include "charge.h"
#include "enough.h"
#include "explored.h"
#include "scratch.h"
#include "text.h"

/* ---- what is enough ---- */

static struct coverage covers(enum coverage_kind kind, unsigned switches, uint64_t executions, uint64_t cut)
{
	return (
	    struct coverage){ .known = true, .kind = kind, .switches = switches, .executions = executions, .cut = cut };
}

static bool suffices(enum coverage_kind accept, enum workload_property property, struct coverage coverage)
{
	const struct exercise_coverage wanted = { .accept = accept, .switches = 2, .executions = 1000 };
	return enough_looked_at(&wanted, property, &coverage);
}

/* With twice as many steps there are four times as many ways to take two turns. */
START_TEST(long_executions_count_for_less)
{
	struct coverage coverage = covers(COVERAGE_SAMPLED, 0, 3999, 0);

	coverage.length = 1000;
	ck_assert(suffices(COVERAGE_SAMPLED, PROPERTY_MUTUAL_EXCLUSION, coverage));
	coverage.length = 2000;
	ck_assert(!suffices(COVERAGE_SAMPLED, PROPERTY_MUTUAL_EXCLUSION, coverage));
	coverage.executions = 4000;
	ck_assert(suffices(COVERAGE_SAMPLED, PROPERTY_MUTUAL_EXCLUSION, coverage));
	coverage.kind = COVERAGE_ALL;
	coverage.length = 4000;
	ck_assert(suffices(COVERAGE_SAMPLED, PROPERTY_MUTUAL_EXCLUSION, coverage));
}
END_TEST

/* Where one execution is asked for, one will do, however long; and none will not. */
START_TEST(one_execution_is_one)
{
	const struct exercise_coverage wanted = { .accept = COVERAGE_SAMPLED, .switches = 2, .executions = 1 };
	struct coverage coverage = covers(COVERAGE_SAMPLED, 0, 1, 0);
	coverage.length = 100000;
	ck_assert(enough_looked_at(&wanted, PROPERTY_MUTUAL_EXCLUSION, &coverage));
	coverage.executions = 3;
	ck_assert(enough_looked_at(&wanted, PROPERTY_MUTUAL_EXCLUSION, &coverage));
	coverage.executions = 0;
	ck_assert(!enough_looked_at(&wanted, PROPERTY_MUTUAL_EXCLUSION, &coverage));
}
END_TEST

START_TEST(a_handful_is_not_enough)
{
	enum workload_property exclusion = PROPERTY_MUTUAL_EXCLUSION;
	ck_assert(!suffices(COVERAGE_SAMPLED, exclusion, covers(COVERAGE_NOTHING, 0, 0, 0)));
	ck_assert(!suffices(COVERAGE_SAMPLED, exclusion, covers(COVERAGE_SAMPLED, 0, 4, 0)));
	ck_assert(!suffices(COVERAGE_SAMPLED, exclusion, covers(COVERAGE_SWITCHES, 1, 400, 0)));
	ck_assert(suffices(COVERAGE_SAMPLED, exclusion, covers(COVERAGE_SAMPLED, 0, 1000, 0)));
	ck_assert(suffices(COVERAGE_SAMPLED, exclusion, covers(COVERAGE_SWITCHES, 2, 400, 0)));
	ck_assert(suffices(COVERAGE_SAMPLED, exclusion, covers(COVERAGE_ALL, 0, 2, 0)));
	ck_assert(suffices(COVERAGE_SAMPLED, exclusion, covers(COVERAGE_BOUNDED, 0, 2, 0)));
}
END_TEST

START_TEST(what_is_cut_short_by_others_counts_where_it_is_the_lesser_part)
{
	ck_assert(suffices(COVERAGE_SAMPLED, PROPERTY_ORDERING, covers(COVERAGE_CUT, 0, 10, 10)));
	ck_assert(!suffices(COVERAGE_SAMPLED, PROPERTY_ORDERING, covers(COVERAGE_CUT, 0, 10, 11)));
	ck_assert(!suffices(COVERAGE_ALL, PROPERTY_ORDERING, covers(COVERAGE_CUT, 0, 10, 1)));
}
END_TEST

START_TEST(a_part_of_the_states_says_nothing_of_for_ever)
{
	ck_assert(!suffices(COVERAGE_SAMPLED, PROPERTY_BOUNDED_WAITING, covers(COVERAGE_SAMPLED, 0, 50000, 0)));
	ck_assert(suffices(COVERAGE_SAMPLED, PROPERTY_BOUNDED_WAITING, covers(COVERAGE_BOUNDED, 0, 100, 0)));
	ck_assert(suffices(COVERAGE_NOTHING, PROPERTY_BOUNDED_WAITING, covers(COVERAGE_SAMPLED, 0, 1, 0)));
}
END_TEST

START_TEST(an_exercise_may_ask_for_more_or_less)
{
	ck_assert(!suffices(COVERAGE_ALL, PROPERTY_ORDERING, covers(COVERAGE_BOUNDED, 0, 50000, 0)));
	ck_assert(!suffices(COVERAGE_SWITCHES, PROPERTY_ORDERING, covers(COVERAGE_SAMPLED, 0, 50000, 0)));
	ck_assert(suffices(COVERAGE_SWITCHES, PROPERTY_ORDERING, covers(COVERAGE_SWITCHES, 3, 10, 0)));
	ck_assert(suffices(COVERAGE_NOTHING, PROPERTY_ORDERING, covers(COVERAGE_NOTHING, 0, 0, 0)));
}
END_TEST

/* ---- requires ---- */

static struct check_result *add_check(struct result *result, const char *id, enum check_status status,
				      const char *requires)
{
	struct check_result *check = result_add_check(result);
	check->id = xstrdup(id);
	check->status = status;
	check->max_score = 10;
	check->message = xstrdup("");
	if (requires != NULL)
		check_add_requirement(check, requires);
	return check;
}

START_TEST(a_check_counts_where_what_it_builds_on_holds)
{
	struct result *result = result_create("a.c");
	add_check(result, "c/third", STATUS_PASS, "b/second");
	add_check(result, "b/second", STATUS_PASS, "a/first");
	add_check(result, "a/first", STATUS_FAIL, NULL);
	add_check(result, "d/other", STATUS_PASS, "not/asked");
	enough_requires(result);
	result_put_into_words(result);
	result_conclude(result);
	ck_assert_int_eq(result->checks[0].status, STATUS_UNCOUNTED);
	ck_assert_str_eq(result->checks[0].unmet, "b/second");
	ck_assert_int_eq(result->checks[1].status, STATUS_UNCOUNTED);
	ck_assert_str_eq(result->checks[1].message, "It holds, and counts once a/first holds.");
	ck_assert_int_eq(result->checks[3].status, STATUS_PASS);
	ck_assert_uint_eq(result->score, 10);
	ck_assert_int_eq(result->verdict, VERDICT_FAIL);
	result_destroy(result);
}
END_TEST

START_TEST(the_machines_fault_stays_its_fault)
{
	struct result *result = result_create("a.c");
	add_check(result, "a/first", STATUS_ERROR, NULL);
	add_check(result, "b/second", STATUS_PASS, "a/first");
	enough_requires(result);
	result_put_into_words(result);
	result_conclude(result);
	ck_assert_int_eq(result->verdict, VERDICT_ERROR);
	result_destroy(result);
}
END_TEST

/* ---- who is charged ---- */

static const struct exercise_workload workloads[] = { { .name = "counter" },
						      { .name = "progress" },
						      { .name = "room" } };
static const struct exercise_check checks[] = {
	{ .id = "counter/mutual-exclusion",
	  .workload = &workloads[0],
	  .property = PROPERTY_MUTUAL_EXCLUSION,
	  .engines = 7 },
	{ .id = "counter/memory-safety", .workload = &workloads[0], .property = PROPERTY_MEMORY_SAFETY, .engines = 7 },
	{ .id = "progress/progress", .workload = &workloads[1], .property = PROPERTY_PROGRESS, .engines = 7 },
	{ .id = "room/independence", .workload = &workloads[2], .property = PROPERTY_INDEPENDENCE, .engines = 7 },
};
static const struct exercise exercise = { .n_workloads = 3, .workloads = workloads, .n_checks = 4, .checks = checks };

static enum charge charge(size_t workload, enum engine_id engine, enum run_end end, const struct exercise_check **check)
{
	struct judge_input input = { .exercise = &exercise };
	struct judge_run run = { .workload = &workloads[workload], .engine = engine, .ran = true };
	run.evidence.end = end;
	run.evidence.phase = 3; /* the threads run */
	return charge_end(&input, &run, check);
}

START_TEST(a_hang_is_charged_to_the_check_about_waiting)
{
	const struct exercise_check *check;
	ck_assert_int_eq(charge(0, ENGINE_NATIVE, RUN_HANG_ASLEEP, &check), CHARGE_ONE);
	ck_assert_str_eq(check->id, "progress/progress");
	ck_assert_int_eq(charge(2, ENGINE_TSAN, RUN_HANG_AWAKE, &check), CHARGE_ONE);
	ck_assert_str_eq(check->id, "room/independence");
}
END_TEST

START_TEST(a_crash_is_charged_to_memory_safety)
{
	const struct exercise_check *check;
	ck_assert_int_eq(charge(2, ENGINE_NATIVE, RUN_SIGNALED, &check), CHARGE_ONE);
	ck_assert_str_eq(check->id, "counter/memory-safety");
	ck_assert_int_eq(charge(0, ENGINE_NATIVE, RUN_EXITED, &check), CHARGE_ALL);
}
END_TEST

START_TEST(what_we_cut_is_charged_to_nobody)
{
	const struct exercise_check *check;
	ck_assert_int_eq(charge(0, ENGINE_EXPLORE, RUN_HANG_ASLEEP, &check), CHARGE_NOBODY);
	ck_assert_int_eq(charge(0, ENGINE_EXPLORE, RUN_HANG_AWAKE, &check), CHARGE_NOBODY);
	ck_assert_int_eq(charge(0, ENGINE_EXPLORE, RUN_MEMORY_LIMIT, &check), CHARGE_NOBODY);
	ck_assert_int_eq(charge(0, ENGINE_NATIVE, RUN_WALL_LIMIT, &check), CHARGE_NOBODY);
}
END_TEST

/* ---- what is told of values only ---- */

START_TEST(what_is_told_for_its_value_makes_no_access_weaker)
{
	static const struct exercise_workload counter = { .name = "counter" };
	static const struct plugin_kind lock = { .name = "lock", .words = "lock" };
	struct explore_step steps[] = {
		{ .kind = STEP_LOAD, .order = __ATOMIC_SEQ_CST, .address.module = MODULE_OBJECT },
		{ .kind = STEP_PLAIN_READ, .order = -1, .flags = STEP_CONTEXT, .address.module = MODULE_OBJECT },
	};
	struct explored explored = { .said = { .only_weak = 1, .schedule = "ab" }, .n_steps = 2, .steps = steps };
	struct judge_run run = { .workload = &counter, .ran = true };
	struct namer *namer = namer_create("/nonexistent", &lock);
	struct counterexample *counterexample = explored_counterexample(&explored, &run, "counter", namer);
	ck_assert_ptr_nonnull(counterexample);
	ck_assert(!counterexample->only_weak);
	ck_assert(counterexample->steps[1].context);
	counterexample_destroy(counterexample);
	steps[1].flags = 0;
	counterexample = explored_counterexample(&explored, &run, "counter", namer);
	ck_assert(counterexample->only_weak);
	counterexample_destroy(counterexample);
	namer_destroy(namer);
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, a_handful_is_not_enough);
	tcase_add_test(tests, long_executions_count_for_less);
	tcase_add_test(tests, one_execution_is_one);
	tcase_add_test(tests, what_is_cut_short_by_others_counts_where_it_is_the_lesser_part);
	tcase_add_test(tests, a_part_of_the_states_says_nothing_of_for_ever);
	tcase_add_test(tests, an_exercise_may_ask_for_more_or_less);
	tcase_add_test(tests, a_check_counts_where_what_it_builds_on_holds);
	tcase_add_test(tests, the_machines_fault_stays_its_fault);
	tcase_add_test(tests, a_hang_is_charged_to_the_check_about_waiting);
	tcase_add_test(tests, a_crash_is_charged_to_memory_safety);
	tcase_add_test(tests, what_we_cut_is_charged_to_nobody);
	tcase_add_test(tests, what_is_told_for_its_value_makes_no_access_weaker);
}

int main(void)
{
	return scratch_run("judge", add);
}
