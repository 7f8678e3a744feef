/* Orders of graphs' events: made by hand, without the rest of the explorer. */
#include "linear.h"

#include <string.h>

#include "scratch.h"

enum { X, Y };

static struct graph graph;
static ref order[THREADS_MAX * EVENTS_MAX];
static uint32_t n, switches;

static void setup(void)
{
	graph_init(&graph, NULL, 2);
	graph_need_location(&graph, Y);
}

static void teardown(void)
{
	graph_fini(&graph);
}

static ref add(uint32_t thread, uint32_t location, uint32_t flags)
{
	struct event *event = graph_add(&graph, thread);
	event->location = location;
	event->flags = flags & EVENT_READS;
	return REF(thread, graph.thread[thread].n - 1);
}

static ref add_write(uint32_t thread, uint32_t location, int32_t mo)
{
	ref r = add(thread, location, 0);
	graph_place(&graph, r, mo);
	return r;
}

static ref add_read(uint32_t thread, uint32_t location, ref from)
{
	ref r = add(thread, location, EVENT_READS);
	graph_event(&graph, r)->from = from;
	graph_add_read(&graph, r);
	return r;
}

/* Each event once, each thread's in turn, each read after what it reads. */
static void expect_an_order(uint32_t events)
{
	uint32_t position[THREADS_MAX] = { 0 };
	ck_assert_uint_eq(n, events);
	for (uint32_t i = 0; i < n; i++) {
		ref r = order[i];
		ck_assert_uint_eq(REF_INDEX(r), position[REF_THREAD(r)]);
		position[REF_THREAD(r)]++;
		const struct event *event = graph_event(&graph, r);
		if ((event->flags & EVENT_READS) != 0 && event->from != REF_INITIAL)
			ck_assert_uint_lt(REF_INDEX(event->from), position[REF_THREAD(event->from)]);
	}
}

START_TEST(nothing_is_in_order)
{
	ck_assert(linear_order(&graph, LINEAR_UNLIMITED, order, &n, &switches));
	ck_assert_uint_eq(n, 0);
	ck_assert_uint_eq(switches, 0);
}
END_TEST

START_TEST(store_buffering_is_weak)
{
	add_write(0, X, 0);
	add_read(0, Y, REF_INITIAL);
	add_write(1, Y, 0);
	add_read(1, X, REF_INITIAL);
	ck_assert(!linear_order(&graph, LINEAR_UNLIMITED, order, &n, &switches));
	expect_an_order(4);
	ck_assert_uint_eq(switches, 1);
}
END_TEST

START_TEST(who_reads_comes_after_and_changes_are_few)
{
	ref w = add_write(0, X, 0);
	add_write(0, Y, 0);
	add_read(1, X, w);
	add_read(1, Y, REF_INITIAL);
	ck_assert(linear_order(&graph, LINEAR_UNLIMITED, order, &n, &switches));
	expect_an_order(4);
	/* x = 1; the other reads it, and y, which is not written yet; y = 1 */
	ck_assert_uint_eq(switches, 2);
	ck_assert_uint_eq(REF_THREAD(order[0]), 0);
	ck_assert_uint_eq(REF_THREAD(order[1]), 1);
	ck_assert_uint_eq(REF_THREAD(order[3]), 0);
}
END_TEST

START_TEST(modification_order_is_kept_if_it_can_be)
{
	add_write(0, X, 0);
	add_write(1, X, 0); /* before the other */
	ck_assert(linear_order(&graph, LINEAR_UNLIMITED, order, &n, &switches));
	expect_an_order(2);
	ck_assert_uint_eq(REF_THREAD(order[0]), 1);
}
END_TEST

/* So many ways that not all are looked at: there is an order all the same. */
START_TEST(as_made_is_as_made)
{
	const union clock prefix = { .c = { 1, 2 } };
	ref first = add_write(0, X, 0), second = add_write(1, Y, 0), third = add_read(0, Y, second),
	    fourth = add_read(1, X, first);

	linear_made(&graph, NULL, order, &n, &switches);
	expect_an_order(4);
	ck_assert_uint_eq(switches, 3);
	ck_assert_uint_eq(order[2], third);
	linear_made(&graph, &prefix, order, &n, &switches);
	expect_an_order(3);
	ck_assert_uint_eq(switches, 1);
	ck_assert_uint_eq(order[2], fourth);
}
END_TEST

START_TEST(many_threads_have_an_order_too)
{
	graph_fini(&graph);
	graph_init(&graph, NULL, 12);
	graph_need_location(&graph, 5);
	/* Six pairs of threads, each of which take turns. */
	for (uint32_t pair = 0; pair < 6; pair++) {
		ref before = REF_INITIAL;
		for (uint32_t turn = 0; turn < 24; turn++) {
			add_read(2 * pair + turn % 2, pair, before);
			before = add_write(2 * pair + turn % 2, pair, (int32_t)turn);
		}
	}
	ck_assert(linear_order(&graph, LINEAR_UNLIMITED, order, &n, &switches));
	expect_an_order(6 * 48);
	ck_assert_uint_ge(switches, 23);
}
END_TEST

static void add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, nothing_is_in_order);
	tcase_add_test(tests, store_buffering_is_weak);
	tcase_add_test(tests, who_reads_comes_after_and_changes_are_few);
	tcase_add_test(tests, modification_order_is_kept_if_it_can_be);
	tcase_add_test(tests, many_threads_have_an_order_too);
	tcase_add_test(tests, as_made_is_as_made);
}

int main(void)
{
	return scratch_run("linear", add_tests);
}
