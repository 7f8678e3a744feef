#include "schedule_text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "scratch.h"

static struct schedule schedule;
static size_t at;

static void teardown(void)
{
	schedule_fini(&schedule);
}

static void expect_same(const char *text)
{
	char again[SCHEDULE_TEXT_MAX];
	schedule_fini(&schedule);
	ck_assert_msg(schedule_read(&schedule, text, &at) == 0, "%s: not read from %zu on", text, at);
	ck_assert_int_eq(schedule_write(&schedule, again, sizeof(again)), 0);
	ck_assert_str_eq(again, text);
}

START_TEST(what_is_written_is_what_was_read)
{
	static const char *const texts[] = {
		".",
		"a",
		"a3b",
		"a3b2b=0.ab",
		"a24b24c29a10b9c4a2",
		"b4a@b3a-a-=b3b=c65535.cab",
		"c7c+1c_3c-_2c/4",
		"O0.8x4:a2bc2a2c2.ac",
		"P128x8,W4x4,D0w8,H2.64/3x1,S15.32w4,T9.0x2,X18446744073709551615w1:p3.p",
		"s.",
		"sa3b.a2b",
		"s.ab",
		"sab3b+1b2b+2",
		"r2t=G3z@A0G_2.tG",
		"st2r.G",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		expect_same(texts[i]);
}
END_TEST

START_TEST(steps_say_what_is_read_and_where_is_written)
{
	ck_assert_int_eq(schedule_read(&schedule, "H2.64x4,O1.8w8:a2b=a1b@a0c-=0c+2a_3.cb", &at), 0);
	ck_assert_uint_eq(schedule.n_shapes, 2);
	ck_assert_int_eq(schedule.shape[0].where, 'H');
	ck_assert_uint_eq(schedule.shape[0].number, 2);
	ck_assert_uint_eq(schedule.shape[0].offset, 64);
	ck_assert_uint_eq(schedule.shape[0].bytes, 4);
	ck_assert(!schedule.shape[0].merged && schedule.shape[1].merged);
	ck_assert_uint_eq(schedule.n_steps, 7);
	const struct schedule_step *step = schedule.step;
	ck_assert(step[0].thread == 0 && step[1].thread == 0 && step[1].how == SCHEDULE_NEWEST);
	ck_assert(step[2].thread == 1 && step[2].how == SCHEDULE_READS);
	ck_assert(step[2].other_thread == 0 && step[2].number == 1);
	ck_assert(step[3].how == SCHEDULE_BEFORE && step[3].other_thread == 0 && step[3].number == 0);
	ck_assert(step[4].thread == 2 && step[4].how == SCHEDULE_READS && step[4].taken_back);
	ck_assert(step[4].other_thread == SCHEDULE_INITIAL);
	ck_assert(step[5].how == SCHEDULE_TAKES && step[5].number == 2);
	ck_assert(step[6].how == SCHEDULE_WAITS && step[6].number == 3);
	ck_assert_uint_eq(schedule.n_last, 2);
	ck_assert(schedule.last[0] == 2 && schedule.last[1] == 1);
}
END_TEST

START_TEST(what_repeats_begins_at_the_dot)
{
	ck_assert_int_eq(schedule_read(&schedule, "sa2.b3a", &at), 0);
	ck_assert(schedule.states);
	ck_assert_uint_eq(schedule.n_steps, 6);
	ck_assert_uint_eq(schedule.repeats, 2);
	teardown();
	ck_assert_int_eq(schedule_read(&schedule, "sa2b3", &at), 0);
	ck_assert_uint_eq(schedule.repeats, schedule.n_steps);
}
END_TEST

START_TEST(no_schedule_is_refused_where_it_ends_to_be_one)
{
	static const struct {
		const char *text;
		size_t at;
	} wrong[] = {
		{ "", 0 },         { "HHH", 0 },    { "a3H", 2 },      { "a3b0", 4 },   { "a=", 2 },
		{ "a=b", 3 },      { "a@0", 3 },    { "a+0", 3 },      { "a+", 2 },     { "a3.H", 3 },
		{ "a3 b", 2 },     { "a3;b", 2 },   { "a99999", 6 },   { "a_0", 3 },    { "s", 1 },
		{ "s7", 1 },       { "sa=b1", 2 },  { "sa.b.c", 4 },   { "O0x4:a", 2 }, { "O0.8:a", 4 },
		{ "O0.8x9:a", 6 }, { "Q1x4:a", 1 }, { "a=b65536", 7 }, { "a3..", 3 },
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		ck_assert_msg(schedule_read(&schedule, wrong[i].text, &at) == -EINVAL, "%s is read", wrong[i].text);
		/* No further than one character beyond what is wrong. */
		ck_assert_msg(at <= wrong[i].at + 1 && at + 3 >= wrong[i].at, "%s: from %zu on", wrong[i].text, at);
		teardown();
	}
}
END_TEST

START_TEST(a_workloads_name_stands_before)
{
	ck_assert_uint_eq(schedule_workload("producer-consumer:a3.a"), strlen("producer-consumer"));
	ck_assert_uint_eq(schedule_workload("account:O0.8x4:a"), strlen("account"));
	ck_assert_uint_eq(schedule_workload("O0.8x4:a"), 0);
	ck_assert_uint_eq(schedule_workload("a3b1"), 0);
	ck_assert_uint_eq(schedule_workload(""), 0);
}
END_TEST

START_TEST(no_more_than_there_is_room_for)
{
	char text[SCHEDULE_TEXT_MAX + 8], small[4];
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	ck_assert_int_eq(schedule_read(&schedule, text, &at), -E2BIG);
	teardown();
	ck_assert_int_eq(schedule_read(&schedule, "a64000", &at), 0);
	ck_assert_int_eq(schedule_add(&schedule, (struct schedule_step){ 0 }), -E2BIG);
	teardown();
	ck_assert_int_eq(schedule_read(&schedule, "a2b2", &at), 0);
	ck_assert_int_eq(schedule_write(&schedule, small, sizeof(small)), -E2BIG);
}
END_TEST

static uint32_t next_random(uint32_t *state, uint32_t n)
{
	*state = *state * 1664525u + 1013904223u;
	return (*state >> 8) % n;
}

static struct schedule_step any_step(uint32_t *state, bool states)
{
	struct schedule_step step = { .thread = (uint8_t)next_random(state, SCHEDULE_THREADS_MAX) };
	switch (next_random(state, states ? 2 : 7)) {
	case 1:
		step.how = SCHEDULE_TAKES;
		step.number = 1 + next_random(state, 3);
		break;
	case 2:
	case 3:
		step.how = SCHEDULE_READS;
		step.taken_back = next_random(state, 2) != 0;
		step.other_thread =
		    next_random(state, 3) == 0 ? SCHEDULE_INITIAL : (uint8_t)next_random(state, SCHEDULE_THREADS_MAX);
		step.number = step.other_thread == SCHEDULE_INITIAL ? 0 : next_random(state, 300);
		break;
	case 4:
		step.how = SCHEDULE_BEFORE;
		step.other_thread = (uint8_t)next_random(state, SCHEDULE_THREADS_MAX);
		step.number = next_random(state, 300);
		break;
	case 5:
		step.how = next_random(state, 2) != 0 ? SCHEDULE_WAITS : SCHEDULE_LEAVES;
		step.number = 1 + next_random(state, 9);
		break;
	default:
		break;
	}
	return step;
}

START_TEST(whatever_is_written_is_read_again)
{
	uint32_t state = 7;
	for (unsigned round = 0; round < 3000; round++) {
		struct schedule made = { .states = round % 3 == 0 }, read;
		char text[SCHEDULE_TEXT_MAX];
		for (uint32_t i = next_random(&state, 30); i > 0; i--)
			ck_assert_int_eq(schedule_add(&made, any_step(&state, made.states)), 0);
		made.repeats = made.states ? next_random(&state, made.n_steps + 1) : made.n_steps;
		made.n_last = made.states ? 0 : next_random(&state, 3);
		made.last[0] = 2;
		ck_assert_int_eq(schedule_write(&made, text, sizeof(text)), 0);
		ck_assert_msg(schedule_read(&read, text, &at) == 0, "%s: not read from %zu on", text, at);
		ck_assert_uint_eq(read.n_steps, made.n_steps);
		ck_assert_uint_eq(read.repeats, made.repeats);
		ck_assert_uint_eq(read.n_last, made.n_last);
		ck_assert(made.n_steps == 0 || memcmp(read.step, made.step, made.n_steps * sizeof(made.step[0])) == 0);
		schedule_fini(&made);
		schedule_fini(&read);
	}
}
END_TEST

START_TEST(rubbish_does_no_harm)
{
	static const char letters[] = "abcp0123456789=@+-_/.:,sOPHSTWXDwx ;$`'\"\\\n~!*(";
	uint32_t state = 11;
	for (unsigned round = 0; round < 20000; round++) {
		char text[24], again[SCHEDULE_TEXT_MAX];
		uint32_t n = next_random(&state, sizeof(text) - 1);
		for (uint32_t i = 0; i < n; i++)
			text[i] = letters[next_random(&state, sizeof(letters) - 1)];
		text[n] = '\0';
		if (schedule_read(&schedule, text, &at) == 0) {
			/* What is understood has nothing in it that a shell would. */
			ck_assert_int_eq(schedule_write(&schedule, again, sizeof(again)), 0);
			ck_assert_uint_eq(strspn(again, "abcdefghijklmnopsOPHSTWXDwx0123456789=@+-_/.:,"),
					  strlen(again));
		}
		ck_assert(at <= n + 1);
		teardown();
	}
}
END_TEST

static void add(TCase *tests)
{
	tcase_add_checked_fixture(tests, NULL, teardown);
	tcase_add_test(tests, what_is_written_is_what_was_read);
	tcase_add_test(tests, steps_say_what_is_read_and_where_is_written);
	tcase_add_test(tests, what_repeats_begins_at_the_dot);
	tcase_add_test(tests, no_schedule_is_refused_where_it_ends_to_be_one);
	tcase_add_test(tests, a_workloads_name_stands_before);
	tcase_add_test(tests, no_more_than_there_is_room_for);
	tcase_add_test(tests, whatever_is_written_is_read_again);
	tcase_add_test(tests, rubbish_does_no_harm);
}

int main(void)
{
	return scratch_run("schedule", add);
}
