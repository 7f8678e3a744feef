/* What is said, over the wire. */
#include "saying.h"

#include <stdlib.h>
#include <string.h>

#include "scratch.h"

static void expect_said(const char *wire, const char *words)
{
	char *text = said_text(wire);
	ck_assert_str_eq(text, words);
	free(text);
}

START_TEST(what_is_said_comes_over_the_wire)
{
	char inner[200], wire[400];
	said_write(wire, sizeof(wire), SAID_THREAD_READS_WHAT_THREAD_WRITES, 1u, 0u);
	expect_said(wire, "thread 1 reads what thread 0 writes, and nothing orders the two");
	ck_assert_ptr_null(strstr(wire, "thread"));
	said_write(inner, sizeof(inner), SAID_THREAD_SLEEPS_IN, 2u, "wait", "pthread_cond_wait");
	said_write(wire, sizeof(wire), SAID_LOST_WAKE_UP_AND_NO, inner);
	expect_said(wire, "lost wake-up: thread 2 sleeps in wait() (pthread_cond_wait), and no one is left to wake it");
	said_write(wire, sizeof(wire), SAID_INIT_RETURNS_THE_ERROR, -12);
	expect_said(wire, "init() returns the error -12");
	said_write(wire, sizeof(wire), SAID_BLOCKS_OF_THE_HEAP_BYTES, 2u, 1ull << 40);
	expect_said(wire, "2 blocks of the heap (1099511627776 bytes) are never freed");
	expect_said(said_only(SAID_NO_MEMORY), "the explorer has no memory left");
}
END_TEST

START_TEST(of_processes_the_other_word_is_said)
{
	char inner[200], wire[400];
	said_write(inner, sizeof(inner), SAID_THREAD_WAITS_IN, 0u, "acquire", "pthread_mutex_lock of a thread");
	said_write(wire, sizeof(wire), SAID_OF_PROCESSES, inner);
	/* Not in what the plugin's code is called. */
	expect_said(wire, "process 0 waits in acquire() (pthread_mutex_lock of a thread)");
	said_write(inner, sizeof(inner), SAID_WORKLOAD, "two threads were in, of pthread_t and thread-local data");
	said_write(wire, sizeof(wire), SAID_OF_PROCESSES, inner);
	expect_said(wire, "two processes were in, of pthread_t and thread-local data");
}
END_TEST

/* A worker's text may be anything. */
START_TEST(no_text_of_the_wire_is_too_wrong)
{
	char deep[1000], wire[16];
	expect_said("", "");
	expect_said("a workload's own words", "a workload's own words");
	expect_said("\001999999999999999999999\003", said_template(SAID_UNKNOWN));
	expect_said("\003\002x\003", "x");
	memset(deep, 1, sizeof(deep) - 1);
	deep[sizeof(deep) - 1] = '\0';
	free(said_text(deep));
	said_write(wire, sizeof(wire), SAID_NOT_MODELLED, "a name that is longer than there is room for");
	ck_assert_uint_lt(strlen(wire), sizeof(wire));
	char *text = said_text(wire);
	ck_assert_contains(text, "not modelled: a name");
	free(text);
}
END_TEST

START_TEST(every_sentence_has_its_words)
{
	for (unsigned id = 0; id < SAID_COUNT; id++)
		ck_assert_ptr_nonnull(said_template((enum said)id));
}
END_TEST

/* What printf() would write of the same. */
START_TEST(what_is_said_here_is_filled_in)
{
	char *said = say("%u of %s: %.2f s, %zu %llu %d %c %%, %ld", 3u, "x", 1.5, (size_t)7, 1ull << 40, -2, 'c', -9L);
	expect_said(said, "3 of x: 1.50 s, 7 1099511627776 -2 c %, -9");
	free(said);
	said = say_n("%u step", "%u steps", 1, 1u);
	expect_said(said, "1 step");
	free(said);
	/* What is filled in ends where it ends, whatever bytes it is. */
	said = say("%s and %s", "a\003b", "\002c");
	expect_said(said, "ab and c");
	free(said);
	said = say_sentence("the end");
	expect_said(said, "The end.");
	free(said);
	said = say_sentence("lock->held is written");
	expect_said(said, "lock->held is written.");
	free(said);
	said = say_only("100 %s");
	expect_said(said, "100 ");
	free(said);
}
END_TEST

START_TEST(what_is_said_is_known)
{
	char inner[100], wire[200];
	said_write(inner, sizeof(inner), SAID_MEMORY_IS_READ_THAT_WAS);
	said_write(wire, sizeof(wire), SAID_SEEN_ONCE, inner);
	ck_assert_int_eq(said_what(inner), SAID_MEMORY_IS_READ_THAT_WAS);
	ck_assert_int_eq(said_what(wire), SAID_MEMORY_IS_READ_THAT_WAS);
	said_write(inner, sizeof(inner), SAID_THREAD_LOOPS_FOR_EVER_WITHOUT, 1u);
	said_write(wire, sizeof(wire), SAID_OF_PROCESSES, inner);
	ck_assert_int_eq(said_what(wire), SAID_THREAD_LOOPS_FOR_EVER_WITHOUT);
	ck_assert_int_eq(said_what("memory is read that was never initialized"), SAID_COUNT);
	ck_assert_int_eq(said_what(""), SAID_COUNT);
}
END_TEST

static void add_tests(TCase *tests)
{
	tcase_add_test(tests, what_is_said_comes_over_the_wire);
	tcase_add_test(tests, of_processes_the_other_word_is_said);
	tcase_add_test(tests, no_text_of_the_wire_is_too_wrong);
	tcase_add_test(tests, every_sentence_has_its_words);
	tcase_add_test(tests, what_is_said_here_is_filled_in);
	tcase_add_test(tests, what_is_said_is_known);
}

int main(void)
{
	return scratch_run("said", add_tests);
}
