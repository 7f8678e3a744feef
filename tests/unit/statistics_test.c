#include <stdlib.h>
#include <string.h>

#include "cause_key.h"
#include "saying.h"
#include "scratch.h"
#include "statistics.h"
#include "text.h"

static void expect_words(const char *message, const char *expected)
{
	char *words = cause_words(message);
	ck_assert_str_eq(words, expected);
	free(words);
}

START_TEST(numbers_places_and_names_are_nobodys_cause)
{
	expect_words("Threads 0 and 1 are in the critical section together.",
		     "Threads … and … are in the critical section together.");
	expect_words("Thread 1 burns the processor while it waits: acquire() yields and looks, in a loop of 1 step, in "
		     "acquire (mcs.c:41).",
		     "Thread … burns the processor while it waits: … yields and looks, in a loop of … step, in ….");
	expect_words("Thread 0 signals (line 32) when nobody waits, which is lost.",
		     "Thread … signals … when nobody waits, which is lost.");
	expect_words("lock->owner[3] of lock_two is read by camelCase in kim.c:12.", "… of … is read by … in ….");
	expect_words("It was “lock_two” (“3”), not that.", "It was “…” …, not that.");
}
END_TEST

START_TEST(what_each_thread_waits_for_is_one_cause)
{
	expect_words("Deadlock: thread 0 waits in wait(), thread 1 waits in wait(), for what no one will do.",
		     "Deadlock: thread … waits in …, for what no one will do.");
	expect_words("Deadlock: thread 1 waits in put() (sem_wait(b->mutex)), thread 2 waits in get() "
		     "(sem_wait(b->filled)), for what no one will do.",
		     "Deadlock: thread … waits in …, for what no one will do.");
	expect_words("Lost wake-up: thread 1 sleeps in get(), and no one is left to wake it.",
		     "Lost wake-up: thread … sleeps in …, and no one is left to wake it.");
}
END_TEST

START_TEST(different_sentences_stay_different)
{
	expect_words("A broadcast left a thread waiting.", "A broadcast left a thread waiting.");
	expect_words("", "");
	expect_words("스레드 0과 스레드 1이 함께 임계 구역에 있습니다.",
		     "스레드 … 스레드 … 함께 임계 구역에 있습니다.");
}
END_TEST

START_TEST(one_step_and_two_steps_are_one_cause)
{
	struct check_result one = { .message = (char[]){ "acquire() spins, in a loop of 1 step." } },
			    other = { .message = (char[]){ "get() spins, in a loop of 12 steps." } };
	char *key = cause_key(NULL, &one), *other_key = cause_key(NULL, &other);
	ck_assert_str_eq(key, other_key);
	free(key);
	free(other_key);
}
END_TEST

/* The key of what was said in these words; takes `said` over. */
static char *key_of(const char *words, char *said)
{
	struct result *result = result_create("a.c");
	struct check_result check = { .message = (char *)words };
	result_add_said(result, words, said);
	char *key = cause_key(result, &check);
	free(said);
	result_destroy(result);
	return key;
}

static void expect_one(char *key, char *other_key, bool one)
{
	ck_assert_msg((strcmp(key, other_key) == 0) == one, "%s\n%s", key, other_key);
	free(key);
	free(other_key);
}

START_TEST(what_was_said_is_one_cause_in_all_languages)
{
	static const char *const template = "Threads %u and %u are inside, in %s.";
	expect_one(key_of("Threads 0 and 1 are inside, in acquire.", say(template, 0u, 1u, "acquire")),
		   key_of("스레드 1과 2가 acquire_write의 안에 있습니다.", say(template, 1u, 2u, "acquire_write")),
		   true);
	/* The same words, of two sentences. */
	expect_one(key_of("Both.", say("%s is inside.", "a")), key_of("Both.", say("%s is outside.", "a")), false);
	/* What it is filled in with may be sentences: those are no names. */
	char *sleeps = say_only("it sleeps"), *spins = say_only("it spins");
	expect_one(key_of("1", say("It waits: %s.", sleeps)), key_of("2", say("It waits: %s.", spins)), false);
	free(sleeps);
	free(spins);
	expect_one(key_of("1", say_n("in %u step", "in %u steps", 1, 1u)),
		   key_of("12", say_n("in %u step", "in %u steps", 12, 12u)), true);
	expect_one(key_of("1", say("Deadlock: %s, for what no one will do", "\1thread %s waits\2"
									    "1\3")),
		   key_of("2", say("Deadlock: %s, for what no one will do", "\1thread %s waits\2"
									    "1\3, \1thread %s waits\2"
									    "2\3")),
		   true);
	/* A workload's words are its own, whoever's they are. */
	char *one = say_workload("all have left"), *other = say_workload("nobody has left");
	expect_one(key_of("1", one), key_of("2", other), false);
}
END_TEST

static struct check_result *add_check(struct result *result, const char *id, enum check_status status,
				      const char *message)
{
	struct check_result *check = result_add_check(result);
	check->id = xstrdup(id);
	check->workload = xstrndup(id, strcspn(id, "/"));
	check->property = PROPERTY_MUTUAL_EXCLUSION;
	check->status = status;
	check->max_score = 10;
	check->score = status == STATUS_PASS ? 10 : 0;
	check->message = xstrdup(message);
	return check;
}

static void add_story(struct check_result *check, size_t steps)
{
	check->counterexample = counterexample_create();
	for (size_t i = 0; i < steps; i++)
		counterexample_add_step(check->counterexample)->op = xstrdup("load");
}

enum { N = 4 };

/* Three of four let two in, one of them by a known mistake. */
static void make_class(struct result *results[N])
{
	static const char *const messages[N] = { "Threads 0 and 1 are inside.", "Threads 2 and 0 are inside.",
						 "Threads 0 and 1 are inside.", "" };
	for (size_t i = 0; i < N; i++) {
		results[i] = result_create("a.c");
		enum check_status status = i < 3 ? STATUS_FAIL : STATUS_PASS;
		add_story(add_check(results[i], "counter/mutual-exclusion", status, messages[i]), 20 - i);
		add_check(results[i], "account/mutual-exclusion", status, messages[i]);
		results[i]->term = i < 2 ? "2023" : "2024";
		result_conclude(results[i]);
	}
	for (size_t c = 0; c < 2; c++)
		results[2]->checks[c].resembles = xstrdup("no lock at all");
}

START_TEST(a_cause_counts_once_for_each_student_whatever_checks_show_it)
{
	struct result *results[N];
	struct statistics statistics;
	make_class(results);
	statistics_count(&statistics, (const struct result *const *)results, N);
	ck_assert_uint_eq(statistics.n_causes, 2);
	const struct class_cause *cause = &statistics.causes[0];
	ck_assert_str_eq(cause->words, "Threads … and … are inside.");
	ck_assert_uint_eq(cause->results, 2);
	ck_assert_uint_eq(cause->n_ids, 2);
	ck_assert_uint_eq(cause->terms[0], 2);
	ck_assert_uint_eq(cause->terms[1], 0);
	/* The one with the shorter story is shown. */
	ck_assert_ptr_eq(cause->example, results[1]);
	ck_assert_str_eq(statistics.causes[1].check->resembles, "no lock at all");
	ck_assert_ptr_eq(statistics_cause(&statistics, results[0], &results[0]->checks[1]), cause);
	ck_assert_ptr_null(statistics_cause(&statistics, results[3], &results[3]->checks[1]));
	statistics_free(&statistics);
	for (size_t i = 0; i < N; i++)
		result_destroy(results[i]);
}
END_TEST

START_TEST(terms_are_counted_apart_and_together)
{
	struct result *results[N];
	struct statistics statistics;
	make_class(results);
	statistics_count(&statistics, (const struct result *const *)results, N);
	ck_assert_uint_eq(statistics.n_terms, 2);
	ck_assert_uint_eq(statistics.terms[1].results, 2);
	ck_assert_uint_eq(statistics.terms[1].histogram[0], 1);
	ck_assert_uint_eq(statistics.terms[1].histogram[HISTOGRAM_BARS - 1], 1);
	ck_assert_double_eq(statistics.terms[1].median, 50);
	ck_assert_uint_eq(statistics.n_tallies, 2);
	ck_assert_uint_eq(statistics.tallies[0].failed, 3);
	ck_assert_uint_eq(statistics.term_tallies[1 * 2 + 0].failed, 1);
	ck_assert_double_eq(tally_share(&statistics.tallies[0]), 25);
	statistics_free(&statistics);
	for (size_t i = 0; i < N; i++)
		result_destroy(results[i]);
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_test(tests, numbers_places_and_names_are_nobodys_cause);
	tcase_add_test(tests, what_each_thread_waits_for_is_one_cause);
	tcase_add_test(tests, different_sentences_stay_different);
	tcase_add_test(tests, one_step_and_two_steps_are_one_cause);
	tcase_add_test(tests, what_was_said_is_one_cause_in_all_languages);
	tcase_add_test(tests, a_cause_counts_once_for_each_student_whatever_checks_show_it);
	tcase_add_test(tests, terms_are_counted_apart_and_together);
}

int main(void)
{
	return scratch_run("statistics", add);
}
