#include <stdlib.h>

#include "bound_names.h"
#include "result_json.h"
#include "saying.h"
#include "scratch.h"
#include "text.h"

static struct result *full_result(void)
{
	struct result *result = result_create("class/김/lock.c");
	result->student = (struct student){ .key = xstrdup("kim"), .name = xstrdup("김민지"), .id = xstrdup("12") };
	result->sha256 = xstrdup("00");
	result->exercise = xstrdup("lock");
	result->exercise_version = 3;
	result->output = xstrdup("\033[2J");
	result->machine = xstrdup("m");
	result->duration_ms = 17;
	result_add_phase(result, "compile", 123456);
	struct check_result *check = result_add_check(result);
	check->id = xstrdup("counter/mutual-exclusion");
	check->workload = xstrdup("counter");
	check->property = PROPERTY_MUTUAL_EXCLUSION;
	check->status = STATUS_FAIL;
	check->max_score = 40;
	check->hidden = true;
	check->message = xstrdup("m");
	check->hint = xstrdup("h");
	struct engine_result *engine = check_add_engine(check, ENGINE_EXPLORE);
	engine->status = STATUS_FAIL;
	engine->executions = 4;
	engine->max_bypass = 7;
	engine->bounds = 1u << BOUND_ROUNDS | 1u << BOUND_EXECUTIONS;
	engine->complete = true;
	engine->coverage =
	    (struct coverage){ .known = true, .kind = COVERAGE_SWITCHES, .switches = 2, .executions = 4, .cut = 1 };
	check_add_requirement(check, "counter/data-race");
	check->unmet = xstrdup("counter/data-race");
	check->counterexample = counterexample_create();
	check->counterexample->schedule = xstrdup("a3b2-1b1");
	check->counterexample->memory_model = xstrdup("sc");
	check->counterexample->only_weak = true;
	check->counterexample->context_switches = 2;
	struct step *step = counterexample_add_step(check->counterexample);
	step->thread = 1;
	step->op = xstrdup("load");
	step->variable = xstrdup("lock->flag[1]");
	step->order = xstrdup("acquire");
	step->has_value = step->has_newest = true;
	step->value = (uint64_t)-1;
	step->newest = 5;
	step->value_name = xstrdup("NULL");
	step->newest_name = xstrdup("thread 0's block (line 7)");
	step->newest_thread = 1;
	step->repeat = 3;
	step->culprit = true;
	step->place = (struct source_place){ xstrdup("acquire"), xstrdup("lock.c"), 12 };
	check->counterexample->cycle_end = 1;
	struct finding *finding = result_add_finding(result, "data-race");
	finding->engine = ENGINE_TSAN;
	finding->workload = xstrdup("counter");
	finding->message = xstrdup("race");
	*finding_add_place(finding) = (struct source_place){ xstrdup("f"), xstrdup("a.c"), 1 };
	result_conclude(result);
	return result;
}

START_TEST(what_is_written_is_read_back)
{
	const char *problem = NULL;
	struct result *result = full_result();
	json_t *written = result_to_json(result, RESULT_JSON_WITH_SOURCE);
	ck_assert_ptr_nonnull(written);
	struct result *read = result_from_json(written, &problem);
	ck_assert_msg(read != NULL, "%s", problem);
	json_t *again = result_to_json(read, RESULT_JSON_WITH_SOURCE);
	ck_assert(json_equal(written, again));
	ck_assert_uint_eq(read->checks[0].engines[0].bounds, result->checks[0].engines[0].bounds);
	const struct step *step = &read->checks[0].counterexample->steps[0];
	ck_assert_str_eq(step->value_name, "NULL");
	ck_assert_str_eq(step->newest_name, "thread 0's block (line 7)");
	ck_assert_ptr_null(step->stored_name); /* as in results of before: the number says it */
	json_decref(written);
	json_decref(again);
	result_destroy(read);
	result_destroy(result);
}
END_TEST

/* Version 1: without what an engine covered, and what a check builds on. */
START_TEST(what_texts_are_made_of_is_read_back)
{
	const char *problem = NULL;
	char *call = say("%s held by thread %u", "pthread_mutex_lock(m)", 1u);
	char *list = say_n("%u thread: %s", "%u threads: %s", 2, 2u, call),
	     *own = say_workload("a workload's own words");
	struct result *result = full_result();
	text_replace(&result->checks[0].message, xasprintf("%s %s", list, own));
	text_replace(&result->checks[0].message, say_sentence(result->checks[0].message));
	result->checks[0].counterexample->steps[0].note = xstrdup(call);
	result_put_into_words(result);
	ck_assert_str_eq(result->checks[0].message,
			 "2 threads: pthread_mutex_lock(m) held by thread 1 a workload's own words.");
	json_t *written = result_to_json(result, RESULT_JSON_PLAIN);
	ck_assert_uint_eq(json_array_size(json_object_get(written, "sentences")), 2);
	struct result *read = result_from_json(written, &problem);
	ck_assert_msg(read != NULL, "%s", problem);
	ck_assert_str_eq(read->checks[0].message, result->checks[0].message);
	ck_assert_str_eq(result_said(read, "pthread_mutex_lock(m) held by thread 1"), call);
	json_t *again = result_to_json(read, RESULT_JSON_PLAIN);
	ck_assert(json_equal(written, again));
	json_decref(again);
	result_destroy(read);
	/* Without it, as results of before are. */
	json_object_del(written, "sentences");
	read = result_from_json(written, &problem);
	ck_assert_str_eq(read->checks[0].message, result->checks[0].message);
	ck_assert_uint_eq(read->n_said, 0);
	result_destroy(read);
	/* Edited by hand. */
	json_object_set_new(written, "sentences",
			    json_pack("[n, {s:s}, {s:s, s:[{s:s, s:[[{}, n, []]]}, i]}]", "text", "m", "text", "race",
				      "said", "sentence", "%s and %n %9$s %", "with", 3));
	read = result_from_json(written, &problem);
	ck_assert_str_eq(read->findings[0].message, "something that this grader has no words for and   ");
	result_destroy(read);
	json_decref(written);
	result_destroy(result);
	free(call);
	free(list);
	free(own);
}
END_TEST

START_TEST(results_of_version_1_are_read)
{
	const char *problem = NULL;
	struct result *result = full_result();
	json_t *root = result_to_json(result, RESULT_JSON_WITH_SOURCE);
	json_t *check = json_array_get(json_object_get(root, "checks"), 0);
	json_object_set_new(root, "schema", json_string("syncgrade/result/1"));
	json_object_del(check, "requires");
	json_object_del(check, "unmet");
	json_object_del(json_array_get(json_object_get(check, "engines"), 0), "coverage");
	json_object_del(json_array_get(json_object_get(check, "engines"), 0), "bounds");
	struct result *read = result_from_json(root, &problem);
	ck_assert_msg(read != NULL, "%s", problem);
	ck_assert_uint_eq(read->checks[0].n_requires, 0);
	ck_assert_ptr_null(check_coverage(&read->checks[0]));
	ck_assert_uint_eq(read->checks[0].engines[0].bounds, 0);
	ck_assert_uint_eq(read->score, result->score);
	json_decref(root);
	result_destroy(read);
	result_destroy(result);
}
END_TEST

static void refused(const char *key, json_t *value)
{
	const char *problem = NULL;
	struct result *result = full_result();
	json_t *root = result_to_json(result, RESULT_JSON_WITH_SOURCE);
	json_object_set_new(root, key, value);
	ck_assert_msg(result_from_json(root, &problem) == NULL, "%s is taken", key);
	ck_assert_ptr_nonnull(problem);
	json_decref(root);
	result_destroy(result);
}

START_TEST(what_is_no_result_is_refused)
{
	refused("schema", json_string("syncgrade/result/3"));
	refused("verdict", json_string("perfect"));
	refused("score", json_integer(1000));
	refused("submission", json_integer(1));
	refused("checks", json_pack("[{s:s}]", "id", "x/y"));
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, what_is_written_is_read_back);
	tcase_add_test(tests, what_texts_are_made_of_is_read_back);
	tcase_add_test(tests, results_of_version_1_are_read);
	tcase_add_test(tests, what_is_no_result_is_refused);
}

int main(void)
{
	return scratch_run("json", add);
}
