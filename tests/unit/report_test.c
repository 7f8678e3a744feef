#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "causes.h"
#include "interleaving.h"
#include "rows.h"
#include "scratch.h"
#include "text.h"

static struct check_result *add_check(struct result *result, const char *id, enum workload_property property)
{
	struct check_result *check = result_add_check(result);
	check->id = xstrdup(id);
	check->workload = xstrndup(id, strcspn(id, "/"));
	check->property = property;
	check->status = STATUS_FAIL;
	check->max_score = 10;
	check->message = xasprintf("%s goes wrong", id);
	check->counterexample = counterexample_create();
	check->counterexample->schedule = xstrdup("a1");
	check->counterexample->memory_model = xstrdup("c11");
	return check;
}

static struct step *add_step(struct check_result *check, unsigned thread, const char *op, const char *file,
			     unsigned line)
{
	struct step *step = counterexample_add_step(check->counterexample);
	step->thread = thread;
	step->op = xstrdup(op);
	step->variable = strcmp(op, "library") == 0 ? NULL : xstrdup(strcmp(op, "call") == 0 ? "wait" : "s->value");
	step->note = strcmp(op, "library") == 0 ? xstrdup("pthread_mutex_lock") : NULL;
	step->repeat = 1;
	if (file != NULL)
		step->place = (struct source_place){ xstrdup("f"), xstrdup(file), line };
	return step;
}

static void add_call(struct check_result *check, unsigned thread, unsigned line)
{
	add_step(check, thread, "call", NULL, 0);
	add_step(check, thread, "library", "a.c", line);
	add_step(check, thread, "return", NULL, 0);
}

static struct result *new_result(void)
{
	struct result *result = result_create("a.c");
	result->exercise = xstrdup("semaphore");
	result->source_file = xstrdup("a.c");
	return result;
}

/* What is printed, at so many columns. The caller owns it. */
static char *printed(const struct report_style *style, const struct result *result)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	ck_assert_int_eq(report_text.one(out, style, result), 0);
	fclose(out);
	return text;
}

static size_t widest_line(const char *text)
{
	size_t most = 0;
	for (const char *at = text; *at != '\0'; at += strcspn(at, "\n"), at += *at == '\n') {
		char *line = xstrndup(at, strcspn(at, "\n"));
		size_t width = escape_columns(line);
		free(line);
		if (width > most)
			most = width;
	}
	return most;
}

static size_t count_of(const char *text, const char *what)
{
	size_t n = 0;
	for (const char *at = text; (at = strstr(at, what)) != NULL; at++)
		n++;
	return n;
}

START_TEST(a_story_through_all_lines_of_a_shorter_one_is_told_by_it)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "long/ordering", PROPERTY_ORDERING);
	for (unsigned i = 0; i < 4; i++)
		add_call(check, 0, 10);
	add_call(check, 1, 12);
	check = add_check(result, "short/mutual-exclusion", PROPERTY_MUTUAL_EXCLUSION);
	add_call(check, 1, 12);
	size_t *told_by = causes_of(result);
	ck_assert_uint_eq(told_by[0], 1);
	ck_assert_uint_eq(told_by[1], 1);
	free(told_by);
	struct report_style style = { .utf8 = true };
	char *text = printed(&style, result);
	ck_assert_uint_eq(count_of(text, "again:"), 1);
	/* The cause comes first, and what follows from it is a line. */
	const char *cause = strstr(text, "short/mutual-exclusion"), *other = strstr(text, "long/ordering");
	ck_assert(cause != NULL && other != NULL && cause < other);
	ck_assert_ptr_nonnull(strstr(text, "✗ 10 points, also because of this: long/ordering\n"));
	ck_assert_ptr_null(strstr(text, "long/ordering goes wrong"));
	free(text);
	style.verbose = true;
	text = printed(&style, result);
	ck_assert_uint_eq(count_of(text, "again:"), 2);
	free(text);
	result_destroy(result);
}
END_TEST

START_TEST(other_lines_other_families_and_weak_memory_are_told_by_themselves)
{
	struct result *result = new_result();
	add_call(add_check(result, "a/mutual-exclusion", PROPERTY_MUTUAL_EXCLUSION), 0, 10);
	add_call(add_check(result, "b/mutual-exclusion", PROPERTY_MUTUAL_EXCLUSION), 0, 11);
	add_call(add_check(result, "c/progress", PROPERTY_PROGRESS), 0, 10);
	add_call(add_check(result, "d/memory-safety", PROPERTY_MEMORY_SAFETY), 0, 10);
	struct check_result *check = add_check(result, "e/capacity", PROPERTY_CAPACITY);
	add_call(check, 0, 10);
	check->counterexample->only_weak = true;
	/* It takes no part here, but does in the others. */
	add_step(add_check(result, "f/ordering", PROPERTY_ORDERING), 0, "read", "stock.h", 3);
	size_t *told_by = causes_of(result);
	for (size_t i = 0; i < result->n_checks; i++)
		ck_assert_uint_eq(told_by[i], i);
	free(told_by);
	result_destroy(result);
}
END_TEST

START_TEST(what_does_nothing_does_so_everywhere)
{
	struct result *result = new_result();
	add_step(add_check(result, "f/ordering", PROPERTY_ORDERING), 0, "read", "stock.h", 3);
	add_step(add_check(result, "g/capacity", PROPERTY_CAPACITY), 0, "read", "permits.h", 8);
	struct report_style style = { .utf8 = true };
	char *text = printed(&style, result);
	ck_assert_ptr_nonnull(strstr(text, "also because of this"));
	free(text);
	result_destroy(result);
}
END_TEST

START_TEST(of_stories_of_like_length_the_first_check_speaks)
{
	struct result *result = new_result();
	add_call(add_check(result, "i/independence", PROPERTY_INDEPENDENCE), 0, 10);
	struct check_result *check = add_check(result, "a/mutual-exclusion", PROPERTY_MUTUAL_EXCLUSION);
	add_call(check, 0, 9);
	add_call(check, 1, 10);
	add_call(add_check(result, "b/ordering", PROPERTY_ORDERING), 1, 10);
	size_t *told_by = causes_of(result);
	for (size_t i = 0; i < result->n_checks; i++)
		ck_assert_uint_eq(told_by[i], 1);
	free(told_by);
	result_destroy(result);
}
END_TEST

START_TEST(who_waits_for_ever_is_told_by_who_does_so_in_fewer_steps)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "i/independence", PROPERTY_INDEPENDENCE);
	add_call(check, 0, 10);
	add_call(check, 1, 10);
	add_step(check, 1, "waits", "a.c", 10);
	check = add_check(result, "p/progress", PROPERTY_PROGRESS);
	add_call(check, 0, 10);
	add_step(check, 0, "waits", "a.c", 10);
	size_t *told_by = causes_of(result);
	ck_assert_uint_eq(told_by[0], 1);
	ck_assert_uint_eq(told_by[1], 1);
	free(told_by);
	result_destroy(result);
}
END_TEST

START_TEST(what_builds_on_a_failure_has_no_story_yet)
{
	struct result *result = new_result();
	add_call(add_check(result, "a/mutual-exclusion", PROPERTY_MUTUAL_EXCLUSION), 0, 10);
	struct check_result *check = add_check(result, "b/bounded-waiting", PROPERTY_BOUNDED_WAITING);
	check->hint = xstrdup("Who came first?");
	check_add_requirement(check, "a/mutual-exclusion");
	add_call(check, 0, 11);
	struct report_style style = { .utf8 = true };
	char *text = printed(&style, result);
	ck_assert_uint_eq(count_of(text, "again:"), 1);
	ck_assert_ptr_nonnull(strstr(text, "✗ 10 points, mend a/mutual-exclusion first: b/bounded-waiting\n"));
	ck_assert_ptr_null(strstr(text, "b/bounded-waiting goes wrong"));
	ck_assert_ptr_null(strstr(text, "Who came first?"));
	free(text);
	style.verbose = true;
	text = printed(&style, result);
	ck_assert_uint_eq(count_of(text, "again:"), 2);
	ck_assert_ptr_nonnull(strstr(text, "Who came first?"));
	free(text);
	result_destroy(result);
}
END_TEST

START_TEST(a_second_long_story_is_for_who_asks)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "a/mutual-exclusion", PROPERTY_MUTUAL_EXCLUSION);
	for (unsigned i = 0; i < 15; i++)
		add_step(check, i % 2, "load", "a.c", 10);
	check = add_check(result, "b/memory-safety", PROPERTY_MEMORY_SAFETY);
	for (unsigned i = 0; i < 15; i++)
		add_step(check, i % 2, "load", "a.c", 20);
	struct report_style style = { .utf8 = true };
	char *text = printed(&style, result);
	ck_assert_uint_eq(count_of(text, "again:"), 1);
	ck_assert_ptr_nonnull(strstr(text, "story: syncgrade replay a.c --check b/memory-safety\n"));
	free(text);
	result_destroy(result);
}
END_TEST

START_TEST(what_holds_is_a_list_where_something_fails)
{
	struct result *result = new_result();
	for (unsigned i = 0; i < 3; i++) {
		char *id = xasprintf("w%u/progress", i);
		struct check_result *check = add_check(result, id, PROPERTY_PROGRESS);
		counterexample_destroy(check->counterexample);
		check->counterexample = NULL;
		check->status = i < 2 ? STATUS_PASS : STATUS_FAIL;
		check->score = i < 2 ? 10 : 0;
		free(id);
	}
	struct report_style style = { .utf8 = true };
	char *text = printed(&style, result);
	ck_assert_ptr_nonnull(strstr(text, "✓ 20 points: w0/progress, w1/progress\n"));
	free(text);
	result->checks[2].status = STATUS_PASS;
	text = printed(&style, result);
	ck_assert_ptr_nonnull(strstr(text, "✓ w0/progress"));
	ck_assert_ptr_nonnull(strstr(text, "✓ w2/progress"));
	free(text);
	result_destroy(result);
}
END_TEST

START_TEST(the_same_reason_at_the_same_place_is_one_cause)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "a/mutual-exclusion", PROPERTY_MUTUAL_EXCLUSION);
	text_replace(&check->message, xstrdup("Two are inside. flag has 2 places (line 22)."));
	add_call(check, 0, 10);
	check = add_check(result, "b/progress", PROPERTY_PROGRESS);
	text_replace(&check->message, xstrdup("One waits. flag has 2 places (line 22)."));
	add_call(check, 0, 11);
	add_call(check, 0, 12);
	/* The same words of no place are no reason to think so. */
	check = add_check(result, "c/progress", PROPERTY_PROGRESS);
	text_replace(&check->message, xstrdup("One waits. They wait in a circle."));
	add_call(check, 0, 13);
	check = add_check(result, "d/busy-waiting", PROPERTY_BUSY_WAITING);
	text_replace(&check->message, xstrdup("One spins. They wait in a circle."));
	add_call(check, 0, 14);
	size_t *told_by = causes_of(result);
	ck_assert_uint_eq(told_by[0], 0);
	ck_assert_uint_eq(told_by[1], 0);
	ck_assert_uint_eq(told_by[2], 2);
	ck_assert_uint_eq(told_by[3], 3);
	free(told_by);
	result_destroy(result);
}
END_TEST

START_TEST(what_each_says_of_the_other_first_is_told_nevertheless)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "a/mutual-exclusion", PROPERTY_MUTUAL_EXCLUSION);
	check_add_requirement(check, "b/bounded-waiting");
	add_call(check, 0, 10);
	check = add_check(result, "b/bounded-waiting", PROPERTY_BOUNDED_WAITING);
	check_add_requirement(check, "a/mutual-exclusion");
	add_call(check, 0, 11);
	struct report_style style = { .utf8 = true };
	char *text = printed(&style, result);
	ck_assert_ptr_nonnull(strstr(text, "a/mutual-exclusion goes wrong"));
	ck_assert_ptr_nonnull(strstr(text, "✗ 10 points, mend a/mutual-exclusion first: b/bounded-waiting\n"));
	free(text);
	result_destroy(result);
}
END_TEST

START_TEST(of_many_causes_the_first_are_told_and_what_was_not_judged_is_a_line)
{
	static const enum workload_property properties[] = { PROPERTY_MUTUAL_EXCLUSION, PROPERTY_PROGRESS,
							     PROPERTY_BUSY_WAITING, PROPERTY_MEMORY_SAFETY,
							     PROPERTY_PARALLELISM };
	struct result *result = new_result();
	for (unsigned i = 0; i < 5; i++) {
		char *id = xasprintf("w%u/property", i);
		struct check_result *check = add_check(result, id, properties[i]);
		check->hint = xasprintf("Look at w%u.", i);
		add_call(check, 0, 10 + i);
		free(id);
	}
	result->checks[4].status = STATUS_INCONCLUSIVE;
	struct report_style style = { .utf8 = true };
	char *text = printed(&style, result);
	ck_assert_uint_eq(count_of(text, "again:"), 1);
	ck_assert_uint_eq(count_of(text, "goes wrong"), 3);
	/* Replay tells the other hints, with the stories. */
	ck_assert_uint_eq(count_of(text, "Hint:"), 1);
	ck_assert_ptr_nonnull(strstr(text, "✗ 10 points, for further causes (--verbose tells them): w3/property\n"));
	ck_assert_ptr_nonnull(strstr(text, "? 10 points could not be judged (--verbose tells why): w4/property\n"));
	free(text);
	style.verbose = true;
	text = printed(&style, result);
	ck_assert_uint_eq(count_of(text, "goes wrong"), 5);
	ck_assert_uint_eq(count_of(text, "Hint:"), 5);
	free(text);
	result_destroy(result);
}
END_TEST

START_TEST(what_holds_is_a_number_where_the_names_are_too_long)
{
	struct result *result = new_result();
	add_call(add_check(result, "a/progress", PROPERTY_PROGRESS), 0, 10);
	for (unsigned i = 0; i < 9; i++) {
		char *id = xasprintf("workload-%u/progress", i);
		struct check_result *check = add_check(result, id, PROPERTY_PROGRESS);
		counterexample_destroy(check->counterexample);
		check->counterexample = NULL;
		check->status = STATUS_PASS;
		free(id);
	}
	struct report_style style = { .utf8 = true };
	char *text = printed(&style, result);
	ck_assert_ptr_nonnull(strstr(text, "✓ 90 points: 9 checks (--verbose)\n"));
	free(text);
	style.columns = 300;
	text = printed(&style, result);
	ck_assert_ptr_nonnull(strstr(text, "workload-8/progress\n"));
	free(text);
	result_destroy(result);
}
END_TEST

START_TEST(a_call_and_its_first_step_are_a_row_and_so_is_who_waits_for_ever)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "a/progress", PROPERTY_PROGRESS);
	for (unsigned thread = 0; thread < 2; thread++) {
		add_step(check, thread, "call", NULL, 0);
		add_step(check, thread, "library", "a.c", 21);
	}
	for (unsigned thread = 0; thread < 2; thread++)
		add_step(check, thread, "waits", "a.c", 30 + thread)->culprit = true;
	struct report_style style = { .utf8 = true };
	char *text = printed(&style, result);
	ck_assert_uint_eq(count_of(text, "wait()  pthread_mutex_lock"), 2);
	ck_assert_ptr_nonnull(strstr(text, "threads 0, 1 wait for ever  ✗  lines 30, 31\n"));
	free(text);
	/* Whoever asks for all has each for itself, and so has a list. */
	struct report_style others[] = { { .utf8 = true, .verbose = true }, { .utf8 = true, .plain = true } };
	for (size_t i = 0; i < 2; i++) {
		text = printed(&others[i], result);
		ck_assert_uint_eq(count_of(text, "wait()\n"), 2);
		ck_assert_uint_eq(count_of(text, "waits for ever"), 2);
		free(text);
	}
	result_destroy(result);
}
END_TEST

START_TEST(an_access_of_no_known_value_is_a_sentence_of_its_own_in_a_list)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "a/data-race", PROPERTY_DATA_RACE);
	add_step(check, 0, "write", "a.c", 21);
	add_step(check, 1, "read", "a.c", 22);
	struct report_style style = { .utf8 = true, .plain = true };
	char *text = printed(&style, result);
	ck_assert_ptr_nonnull(strstr(text, ". thread 0: s->value is written (a.c:21)"));
	ck_assert_ptr_nonnull(strstr(text, ". thread 1: s->value is read (a.c:22)"));
	free(text);
	result_destroy(result);
}
END_TEST

START_TEST(a_remark_is_one_line_and_no_failure)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "x/busy-waiting", PROPERTY_BUSY_WAITING);
	check->max_score = 0;
	add_call(check, 0, 10);
	struct report_style style = { .utf8 = true };
	char *text = printed(&style, result);
	ck_assert_ptr_nonnull(strstr(text, "1 remark without points: --verbose\n"));
	ck_assert_ptr_null(strstr(text, "✗"));
	ck_assert_ptr_null(strstr(text, "x/busy-waiting goes wrong"));
	free(text);
	result_destroy(result);
}
END_TEST

START_TEST(what_the_workload_does_in_a_row_is_one_row)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "x/ordering", PROPERTY_ORDERING);
	for (unsigned i = 0; i < 5; i++)
		add_step(check, 0, "read", "stock.h", 40 + i);
	add_step(check, 0, "read", "stock.h", 49)->culprit = true;
	struct report_style style = { .utf8 = true };
	struct rows rows = rows_create(check->counterexample, &style);
	ck_assert_uint_eq(rows.n, 2);
	ck_assert_str_eq(rows.row[0].text, "  5 steps of the workload");
	ck_assert_ptr_nonnull(strstr(rows.row[1].text, "✗"));
	rows_free(&rows);
	style.verbose = true;
	rows = rows_create(check->counterexample, &style);
	ck_assert_uint_eq(rows.n, 6);
	rows_free(&rows);
	result_destroy(result);
}
END_TEST

START_TEST(a_line_that_is_not_the_students_says_whose_it_is)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "x/ordering", PROPERTY_ORDERING);
	add_step(check, 0, "write", "barrier-independence.c", 47);
	add_step(check, 0, "call", NULL, 0);
	add_step(check, 0, "read", "my_own_barrier.c", 20);
	add_step(check, 0, "read", "condition_variable", 100);
	add_step(check, 0, "return", NULL, 0);
	struct report_style style = { .utf8 = true, .verbose = true };
	struct rows rows = rows_create(check->counterexample, &style);
	ck_assert_uint_eq(rows.n, 4);
	ck_assert_str_eq(rows.row[0].place, "…dependence.c:47");
	ck_assert_str_eq(rows.row[2].place, "line 20");
	ck_assert_str_eq(rows.row[3].place, "…ion_variable:100");
	rows_free(&rows);
	style.utf8 = false;
	rows = rows_create(check->counterexample, &style);
	ck_assert_str_eq(rows.row[0].place, "..dependence.c:47");
	rows_free(&rows);
	result_destroy(result);
}
END_TEST

START_TEST(calls_that_nobody_interrupts_are_folded_in_a_long_story)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "x/ordering", PROPERTY_ORDERING);
	for (unsigned i = 0; i < 14; i++)
		add_call(check, 0, 10);
	/* Interrupted by thread 1: told whole. */
	add_step(check, 0, "call", NULL, 0);
	add_step(check, 0, "library", "a.c", 10);
	add_call(check, 1, 20);
	add_step(check, 0, "library", "a.c", 11);
	add_step(check, 0, "return", NULL, 0);
	add_call(check, 0, 30);
	struct report_style style = { .utf8 = true };
	struct rows rows = rows_create(check->counterexample, &style);
	ck_assert(rows.folded);
	ck_assert_str_eq(rows.row[0].text,
			 "wait(), wait(), wait(), wait(), wait(), wait(), wait(), wait(), wait(), wait(), "
			 "wait(), wait(), wait(), wait()");
	/* wait(), lock; wait(), lock of thread 1, which is its last; lock; wait(), lock: the last of thread 0 */
	ck_assert_uint_eq(rows.n, 1 + 2 + 2 + 1 + 2);
	rows_free(&rows);
	result_destroy(result);
}
END_TEST

START_TEST(values_have_names)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "x/ordering", PROPERTY_ORDERING);
	struct report_style style = { .utf8 = true }, shortly = { .utf8 = true, .short_names = true };
	struct step *step = add_step(check, 0, "exchange", "a.c", 10);
	step->has_value = step->has_stored = step->has_newest = true;
	step->stored = 0x7ffff3c00020;
	step->value_name = xstrdup("NULL");
	step->stored_name = xstrdup("&lock->node[1]");
	step->newest = 7;
	step->newest_name = xstrdup("thread 1's block (line 3)");
	char *text = interleaving_step(step, &style), *brief = interleaving_step(step, &shortly);
	ck_assert_str_eq(text, "  s->value: NULL → &lock->node[1]  stale: thread 0 wrote thread 1's block (line 3)");
	ck_assert_str_eq(brief, "  s->value: NULL → &node[1]  stale: thread 0 wrote thread 1's block (line 3)");
	free(brief);
	free(text);
	step = add_step(check, 0, "load", "a.c", 11);
	step->has_value = true;
	step->value = 1;
	text = interleaving_step(step, &style);
	ck_assert_str_eq(text, "  s->value → 1");
	free(text);
	result_destroy(result);
}
END_TEST

START_TEST(no_line_is_wider_than_the_page)
{
	static const unsigned pages[] = { 40, 60, 80, 100, 200 };
	struct result *result = new_result();
	struct check_result *check = add_check(result, "x/ordering", PROPERTY_ORDERING);
	for (unsigned thread = 0; thread < 4; thread++) {
		add_step(check, thread, "call", NULL, 0);
		struct step *step = add_step(check, thread, "load", "a.c", 10);
		step->has_value = step->has_newest = true;
		step->newest = 7;
	}
	result_conclude(result);
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		struct report_style style = { .utf8 = true, .columns = pages[i] };
		char *text = printed(&style, result);
		ck_assert_msg(widest_line(text) <= pages[i], "%zu of %u columns: %s", widest_line(text), pages[i],
			      text);
		free(text);
	}
	result_destroy(result);
}
END_TEST

START_TEST(sentences_do_not_use_all_of_a_wide_page)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "x/ordering", PROPERTY_ORDERING);
	struct text words = { 0 };
	for (unsigned i = 0; i < 40; i++)
		text_add(&words, "ninewords ");
	free(check->message);
	check->message = text_take(&words);
	struct report_style style = { .utf8 = true, .columns = 200 };
	char *text = printed(&style, result);
	ck_assert_uint_le(widest_line(text), 100);
	ck_assert_uint_gt(widest_line(text), 80);
	free(text);
	result_destroy(result);
}
END_TEST

START_TEST(where_to_read_about_it_is_beside_the_points_where_it_fits)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "x/ordering", PROPERTY_ORDERING);
	check->section = xstrdup("What is checked");
	struct report_style style = { .utf8 = true };
	char *text = printed(&style, result);
	ck_assert_ptr_nonnull(strstr(text, "0/10  Handout: “What is checked”\n"));
	ck_assert_uint_eq(count_of(text, "Handout"), 1);
	free(text);
	style.columns = 40;
	text = printed(&style, result);
	ck_assert_ptr_null(strstr(text, "/10  Handout"));
	ck_assert_uint_eq(count_of(text, "Handout"), 1);
	free(text);
	result_destroy(result);
}
END_TEST

START_TEST(plain_is_a_numbered_list)
{
	struct result *result = new_result();
	struct check_result *check = add_check(result, "x/ordering", PROPERTY_ORDERING);
	add_call(check, 1, 16);
	struct report_style style = { .utf8 = true, .plain = true, .columns = 200 };
	char *text = printed(&style, result);
	ck_assert_ptr_nonnull(strstr(text, "1. thread 1 calls wait()\n"));
	ck_assert_ptr_nonnull(strstr(text, "2. thread 1: pthread_mutex_lock (a.c:16)\n"));
	free(text);
	result_destroy(result);
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, of_stories_of_like_length_the_first_check_speaks);
	tcase_add_test(tests, who_waits_for_ever_is_told_by_who_does_so_in_fewer_steps);
	tcase_add_test(tests, what_builds_on_a_failure_has_no_story_yet);
	tcase_add_test(tests, a_second_long_story_is_for_who_asks);
	tcase_add_test(tests, what_holds_is_a_list_where_something_fails);
	tcase_add_test(tests, a_story_through_all_lines_of_a_shorter_one_is_told_by_it);
	tcase_add_test(tests, other_lines_other_families_and_weak_memory_are_told_by_themselves);
	tcase_add_test(tests, what_does_nothing_does_so_everywhere);
	tcase_add_test(tests, the_same_reason_at_the_same_place_is_one_cause);
	tcase_add_test(tests, what_each_says_of_the_other_first_is_told_nevertheless);
	tcase_add_test(tests, of_many_causes_the_first_are_told_and_what_was_not_judged_is_a_line);
	tcase_add_test(tests, what_holds_is_a_number_where_the_names_are_too_long);
	tcase_add_test(tests, a_call_and_its_first_step_are_a_row_and_so_is_who_waits_for_ever);
	tcase_add_test(tests, a_remark_is_one_line_and_no_failure);
	tcase_add_test(tests, what_the_workload_does_in_a_row_is_one_row);
	tcase_add_test(tests, a_line_that_is_not_the_students_says_whose_it_is);
	tcase_add_test(tests, calls_that_nobody_interrupts_are_folded_in_a_long_story);
	tcase_add_test(tests, values_have_names);
	tcase_add_test(tests, no_line_is_wider_than_the_page);
	tcase_add_test(tests, sentences_do_not_use_all_of_a_wide_page);
	tcase_add_test(tests, where_to_read_about_it_is_beside_the_points_where_it_fits);
	tcase_add_test(tests, plain_is_a_numbered_list);
	tcase_add_test(tests, an_access_of_no_known_value_is_a_sentence_of_its_own_in_a_list);
}

int main(void)
{
	return scratch_run("report", add);
}
