#include <stdlib.h>

#include "escape.h"
#include "kinds.h"
#include "names.h"
#include "result.h"
#include "scratch.h"
#include "source.h"
#include "text.h"

START_TEST(every_word_has_a_name_that_leads_back)
{
	for (unsigned i = 0; i < PROPERTY_COUNT; i++) {
		enum workload_property property;
		ck_assert(property_from_name(property_name((enum workload_property)i), &property));
		ck_assert_uint_eq(property, i);
	}
	for (unsigned i = 0; i < ENGINE_COUNT; i++) {
		enum engine_id engine;
		ck_assert(engine_from_name(engine_name((enum engine_id)i), &engine));
		ck_assert_uint_eq(engine, i);
	}
	enum workload_property none;
	ck_assert(!property_from_name("mutual exclusion", &none));
	ck_assert_str_eq(operation_name(TRIAL_DESTROY), "destroy");
}
END_TEST

static const struct plugin_kind latch = { .name = "latch",
					  .symbol = "latch_plugin",
					  .n_operations = 2,
					  .operations = { { .name = "count_down", .number = TRIAL_OWN },
							  { .name = "await", .number = TRIAL_OWN + 1 } } };

START_TEST(a_list_of_kinds_has_each_once)
{
	struct plugin_kind lock = { .name = "lock", .symbol = "lock_plugin" };
	struct kinds kinds = { 0 };
	struct text list = { 0 };
	kinds_add(&kinds, &lock);
	kinds_add(&kinds, &latch);
	kinds_add(&kinds, &lock);
	ck_assert_uint_eq(kinds.n, 2);
	ck_assert_ptr_null(kinds_named(&kinds, "lock_plugin"));
	ck_assert_ptr_eq(kinds_named(&kinds, "latch"), kinds_with_symbol(&kinds, "latch_plugin"));
	kinds_list(&kinds, &list, "_plugin", "and");
	ck_assert_str_eq(list.data, "lock_plugin and latch_plugin");
	text_free(&list);
	kinds_free(&kinds);
	ck_assert_str_eq(kind_operation_name(&latch, TRIAL_OWN + 1), "await");
	ck_assert_str_eq(kind_operation_name(&latch, TRIAL_INIT), "init");
	ck_assert_str_eq(kind_operation_name(&latch, TRIAL_OWN + 2), "?");
	ck_assert_str_eq(kind_operation_name(&latch, TRIAL_ACQUIRE), "?");
}
END_TEST

static void defines(const char *source, const char *kind)
{
	struct source_facts facts;
	source_look(source, &facts);
	if (kind == NULL)
		ck_assert_ptr_null(facts.defines);
	else
		ck_assert_str_eq(facts.defines, kind);
	source_facts_free(&facts);
}

START_TEST(a_source_defines_a_descriptor_of_any_kind)
{
	defines("const struct latch_plugin latch_plugin = {", "latch");
	defines("typedef struct lock_plugin P; const P lock_plugin = { .abi = 1 };", "lock");
	defines("extern \"C\" const lock_plugin lock_plugin{ 1 };", "lock");
	defines("extern const struct latch_plugin latch_plugin;", NULL);
	defines("int my_plugin = 3;", NULL);
	defines("struct lock_plugin { int x; };", NULL);
	defines("void f(void) { struct lock_plugin lock_plugin = { 0 }; }", NULL);
}
END_TEST

static void escaped(const char *bytes, bool lines, const char *expected)
{
	char *got = escape_terminal(bytes, lines);
	ck_assert_str_eq(got, expected);
	free(got);
}

START_TEST(nothing_commands_a_terminal)
{
	escaped("plain 김 🙂", false, "plain 김 🙂");
	escaped("\033[2J\007", false, "\\x1b[2J\\x07");
	escaped("a\nb\tc", false, "a\\x0ab    c");
	escaped("a\nb", true, "a\nb");
	escaped("\xc2\x9b"
		"31m",
		false, "\\x9b31m");
	escaped("\xe2\x80\xae", false, "\\u202e");
	escaped("\xff\xc0\xaf", false, "\\xff\\xc0\\xaf");
	escaped("\xed\xa0\x80", false, "\\xed\\xa0\\x80");
}
END_TEST

START_TEST(invalid_utf8_is_replaced)
{
	char *got = escape_utf8("a\xffz\xf0\x9f\x99");
	ck_assert_str_eq(got, "a\xef\xbf\xbdz\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	free(got);
}
END_TEST

static void add_check(struct result *result, enum check_status status, unsigned points)
{
	struct check_result *check = result_add_check(result);
	check->status = status;
	check->max_score = points;
}

static void concludes(enum check_status first, enum check_status second, unsigned second_points, enum verdict verdict,
		      unsigned score)
{
	struct result *result = result_create("x.c");
	add_check(result, first, 60);
	add_check(result, second, second_points);
	result_conclude(result);
	ck_assert_int_eq(result->verdict, verdict);
	ck_assert_uint_eq(result->score, score);
	ck_assert_uint_eq(result->max_score, 60 + second_points);
	result_destroy(result);
}

START_TEST(a_verdict_follows_from_the_checks)
{
	concludes(STATUS_PASS, STATUS_PASS, 40, VERDICT_PASS, 100);
	concludes(STATUS_PASS, STATUS_FAIL, 40, VERDICT_FAIL, 60);
	concludes(STATUS_PASS, STATUS_FAIL, 0, VERDICT_PASS, 60);
	concludes(STATUS_PASS, STATUS_INCONCLUSIVE, 40, VERDICT_FAIL, 60);
	concludes(STATUS_PASS, STATUS_ERROR, 40, VERDICT_ERROR, 60);
	concludes(STATUS_FAIL, STATUS_ERROR, 40, VERDICT_FAIL, 0);
	concludes(STATUS_PASS, STATUS_ERROR, 0, VERDICT_PASS, 60);
}
END_TEST

static void covers(struct coverage coverage, const char *expected)
{
	char *text = coverage_text(&coverage);
	ck_assert_str_eq(text, expected);
	free(text);
}

START_TEST(one_execution_is_no_executions)
{
	covers((struct coverage){ .known = true, .kind = COVERAGE_CUT, .executions = 1, .cut = 31 },
	       "1 execution, and 31 that another violation cut short");
	covers((struct coverage){ .known = true, .kind = COVERAGE_CUT, .executions = 2, .cut = 1 },
	       "2 executions, and 1 that another violation cut short");
	covers((struct coverage){ .known = true, .kind = COVERAGE_SAMPLED, .executions = 1 }, "1 execution sampled");
}
END_TEST

START_TEST(texts_grow)
{
	struct text text = { 0 };
	for (int i = 0; i < 1000; i++)
		text_printf(&text, "%d,", i);
	ck_assert_uint_eq(text.length, 10 * 2 + 90 * 3 + 900 * 4);
	char *taken = text_take(&text);
	ck_assert_ptr_null(text.data);
	free(taken);
	taken = text_take(&text);
	ck_assert_str_eq(taken, "");
	free(taken);
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, every_word_has_a_name_that_leads_back);
	tcase_add_test(tests, a_list_of_kinds_has_each_once);
	tcase_add_test(tests, a_source_defines_a_descriptor_of_any_kind);
	tcase_add_test(tests, nothing_commands_a_terminal);
	tcase_add_test(tests, invalid_utf8_is_replaced);
	tcase_add_test(tests, a_verdict_follows_from_the_checks);
	tcase_add_test(tests, one_execution_is_no_executions);
	tcase_add_test(tests, texts_grow);
}

int main(void)
{
	return scratch_run("model", add);
}
