/* The explorer's pure rooms, by hand-made graphs: what is passed on (clocks), what may be read and where a write may go
 * (places), coherence and psc (consistency), locations; and how stories are shortened (fold). */
#include <stdio.h>
#include <string.h>

#include "clocks.h"
#include "consistency.h"
#include "fold.h"
#include "location.h"
#include "places.h"
#include "scratch.h"

enum { X, Y };
#define ADDRESS(location) (0x1000 + 16 * (uint64_t)(location))

static struct bounds bounds;
static struct model model;
static struct graph graph;

static void setup(void)
{
	bool mixed;
	memset(&model, 0, sizeof(model));
	bounds = (struct bounds){ 0 };
	model.bounds = &bounds;
	model.memory = &memory_c11;
	model.revisits = true;
	graph_init(&graph, &model, 4);
	for (uint32_t l = X; l <= Y; l++)
		ck_assert_uint_eq(location_find(&model, ADDRESS(l), 4, false, &mixed), l);
	graph_need_location(&graph, Y);
}

static void teardown(void)
{
	graph_fini(&graph);
}

/* ---- events, as an execution adds them ---- */

static ref add(uint32_t t, uint32_t location, enum rule rule, uint64_t operand, int order)
{
	struct event *event = graph_add(&graph, t);
	ref r = REF(t, graph.thread[t].n - 1);
	event->location = location;
	event->rule = (struct event_rule){ .rule = (uint8_t)rule,
					   .operand = operand,
					   .order = (uint8_t)order,
					   .failure_order = (uint8_t)order,
					   .size = 4 };
	graph_note_access(&graph, r);
	if (order == __ATOMIC_SEQ_CST)
		graph.n_sc++;
	else
		graph.mixed = true;
	return r;
}

static const union clock no_fence;

static void place(ref r, int32_t mo)
{
	struct event *event = graph_event(&graph, r);
	event->write_stamp = event->stamp;
	event_set_message(&graph, r, &no_fence);
	graph_place(&graph, r, mo);
}

static ref store_at(uint32_t t, uint32_t location, uint64_t value, int order, int32_t mo)
{
	ref r = add(t, location, RULE_STORE, value, order);
	struct event *event = graph_event(&graph, r);
	event->write_value = value;
	event_set_order(event, OUTCOME_WRITE);
	event_base_clocks(&graph, r, &event->hb, &event->porf);
	event->hb.c[t] = event->porf.c[t] = (int16_t)graph.thread[t].n;
	place(r, mo);
	return r;
}

static ref store(uint32_t t, uint32_t location, uint64_t value, int order)
{
	return store_at(t, location, value, order, (int32_t)graph.location[location].writes.n);
}

static ref load(uint32_t t, uint32_t location, ref from, int order)
{
	ref r = add(t, location, RULE_LOAD, 0, order);
	graph_event(&graph, r)->flags |= EVENT_READS;
	graph_add_read(&graph, r);
	event_set_from(&graph, r, from);
	return r;
}

static ref fetch_add(uint32_t t, uint32_t location, ref from, int order)
{
	ref r = add(t, location, RULE_ADD, 1, order);
	struct event *event = graph_event(&graph, r);
	event->flags |= EVENT_READS | EVENT_RMW;
	graph_add_read(&graph, r);
	event_set_from(&graph, r, from);
	event->write_value = event->read_value + 1;
	place(r, graph_mo(&graph, from) + 1);
	return r;
}

static ref fence(uint32_t t)
{
	struct event *event = graph_add(&graph, t);
	ref r = REF(t, graph.thread[t].n - 1);
	event->flags = EVENT_FENCE | EVENT_SC;
	event->location = NO_LOCATION;
	event->rule.order = event->rule.failure_order = __ATOMIC_SEQ_CST;
	event_base_clocks(&graph, r, &event->hb, &event->porf);
	event->hb.c[t] = event->porf.c[t] = (int16_t)graph.thread[t].n;
	graph.n_sc++;
	graph.mixed = true;
	return r;
}

static bool knows(ref r, ref other)
{
	return clock_has(&graph_event(&graph, r)->hb, other);
}

/* ---- clocks ---- */

START_TEST(acquire_learns_what_release_knew)
{
	ref data = store(0, X, 1, __ATOMIC_RELAXED);
	ref flag = store(0, Y, 1, __ATOMIC_RELEASE);
	ck_assert(knows(load(1, Y, flag, __ATOMIC_ACQUIRE), data));
	ck_assert(!knows(load(2, Y, flag, __ATOMIC_RELAXED), data));
}
END_TEST

START_TEST(relaxed_store_passes_nothing_on)
{
	ref data = store(0, X, 1, __ATOMIC_RELAXED);
	ref flag = store(0, Y, 1, __ATOMIC_RELAXED);
	ck_assert(!knows(load(1, Y, flag, __ATOMIC_ACQUIRE), data));
}
END_TEST

/* RC11: [W];(sb|loc)?;[W];(rf;rmw)* */
START_TEST(release_sequences_are_rc11s)
{
	ref data = store(0, X, 1, __ATOMIC_RELAXED);
	store(0, Y, 1, __ATOMIC_RELEASE);
	ref later = store(0, Y, 2, __ATOMIC_RELAXED); /* of the same thread */
	ref counted = fetch_add(1, Y, later, __ATOMIC_RELAXED);
	ref stranger = store(2, Y, 9, __ATOMIC_RELAXED);
	ck_assert(!knows(counted, data)); /* it passes on what it has not learned */
	ck_assert(knows(load(3, Y, counted, __ATOMIC_ACQUIRE), data));
	ck_assert(!knows(load(3, X, REF_INITIAL, __ATOMIC_RELAXED), stranger));
	ck_assert(!knows(load(1, Y, stranger, __ATOMIC_ACQUIRE), data));
}
END_TEST

START_TEST(what_an_rmw_has_got_later_stores_do_not_pass_on)
{
	ref data = store(0, X, 1, __ATOMIC_RELAXED);
	ref flag = store(0, Y, 1, __ATOMIC_RELEASE);
	fetch_add(1, Y, flag, __ATOMIC_RELAXED);
	ref later = store(1, Y, 7, __ATOMIC_RELAXED);
	ck_assert(!knows(load(2, Y, later, __ATOMIC_ACQUIRE), data));
}
END_TEST

/* ---- coherence and places ---- */

START_TEST(a_read_may_be_stale_but_not_behind_what_is_known)
{
	ref candidate[CANDIDATES_MAX];
	ref one = store(0, X, 1, __ATOMIC_RELAXED), two = store(0, X, 2, __ATOMIC_RELAXED);
	ref flag = store(0, Y, 1, __ATOMIC_RELEASE);
	ref free_to = add(1, X, RULE_LOAD, 0, __ATOMIC_RELAXED);
	graph_event(&graph, free_to)->flags |= EVENT_READS;
	graph_add_read(&graph, free_to);
	ck_assert_uint_eq(places_to_read(&graph, free_to, candidate, CANDIDATES_MAX), 3);
	ck_assert_uint_eq(candidate[0], two);
	ck_assert_uint_eq(candidate[1], one);
	ck_assert_uint_eq(candidate[2], REF_INITIAL);
	load(2, Y, flag, __ATOMIC_ACQUIRE);
	ref bound = add(2, X, RULE_LOAD, 0, __ATOMIC_RELAXED);
	graph_event(&graph, bound)->flags |= EVENT_READS;
	graph_add_read(&graph, bound);
	ck_assert_uint_eq(places_to_read(&graph, bound, candidate, CANDIDATES_MAX), 1);
	ck_assert_uint_eq(candidate[0], two);
}
END_TEST

START_TEST(nothing_comes_between_an_rmw_and_what_it_reads)
{
	int32_t at[CANDIDATES_MAX];
	ref one = store(0, X, 1, __ATOMIC_RELAXED);
	fetch_add(1, X, one, __ATOMIC_RELAXED);
	ref w = add(2, X, RULE_STORE, 5, __ATOMIC_RELAXED);
	struct event *event = graph_event(&graph, w);
	event_set_order(event, OUTCOME_WRITE);
	event->hb.c[2] = event->porf.c[2] = 1;
	/* After both, and before both. */
	ck_assert_uint_eq(places_to_write(&graph, w, REF_INITIAL, at, CANDIDATES_MAX), 2);
	ck_assert_int_eq(at[0], 2);
	ck_assert_int_eq(at[1], 0);
	ck_assert_uint_eq(bounds.reached, 0);
	/* Who wants one only is not kept from the others by a bound. */
	ck_assert_uint_eq(places_to_write(&graph, w, REF_INITIAL, at, 1), 1);
	ck_assert_uint_eq(bounds.reached, 0);
}
END_TEST

START_TEST(more_stores_than_one_load_can_choose_among_are_a_bound)
{
	ref candidate[CANDIDATES_MAX];
	for (uint32_t i = 0; i < CANDIDATES_MAX; i++)
		store(0, X, i, __ATOMIC_RELAXED);
	ref load = add(1, X, RULE_LOAD, 0, __ATOMIC_RELAXED);
	graph_event(&graph, load)->flags |= EVENT_READS;
	graph_add_read(&graph, load);
	ck_assert_uint_eq(places_to_read(&graph, load, candidate, 1), 1);
	ck_assert_uint_eq(bounds.reached, 0);
	ck_assert_uint_eq(places_to_read(&graph, load, candidate, CANDIDATES_MAX), CANDIDATES_MAX);
	ck_assert_uint_eq(bounds.reached, 1u << BOUND_CANDIDATES);
}
END_TEST

/* ---- psc, and sc ---- */

static ref store_buffering(int order, bool fences)
{
	store(0, X, 1, order);
	if (fences)
		fence(0);
	load(0, Y, REF_INITIAL, order);
	store(1, Y, 1, order);
	if (fences)
		fence(1);
	return load(1, X, REF_INITIAL, order);
}

START_TEST(store_buffering_needs_no_cycle_when_relaxed)
{
	ref last = store_buffering(__ATOMIC_RELAXED, false);
	ck_assert(!memory_c11.makes_cycle(&graph, last));
	ck_assert(memory_sc.makes_cycle(&graph, last)); /* under sc it is one of po and fr */
}
END_TEST

START_TEST(store_buffering_is_a_cycle_of_seq_cst_accesses)
{
	ck_assert(memory_c11.makes_cycle(&graph, store_buffering(__ATOMIC_SEQ_CST, false)));
}
END_TEST

START_TEST(store_buffering_is_a_cycle_of_fences)
{
	ck_assert(memory_c11.makes_cycle(&graph, store_buffering(__ATOMIC_RELAXED, true)));
}
END_TEST

START_TEST(acquire_and_release_allow_store_buffering)
{
	store(0, X, 1, __ATOMIC_RELEASE);
	load(0, Y, REF_INITIAL, __ATOMIC_ACQUIRE);
	store(1, Y, 1, __ATOMIC_RELEASE);
	ck_assert(!memory_c11.makes_cycle(&graph, load(1, X, REF_INITIAL, __ATOMIC_ACQUIRE)));
}
END_TEST

/* ---- graphs ---- */

START_TEST(a_graph_is_cut_back)
{
	ref one = store(0, X, 1, __ATOMIC_RELAXED);
	ref read = load(1, X, one, __ATOMIC_RELAXED);
	uint32_t stamp = graph_event(&graph, read)->stamp;
	ref two = store(0, X, 2, __ATOMIC_RELAXED);
	struct graph other;
	graph_init(&other, &model, 4);
	graph_copy(&other, &graph);
	graph_cut(&graph, stamp);
	ck_assert_uint_eq(graph.thread[0].n, 1);
	ck_assert_uint_eq(graph.thread[1].n, 1);
	ck_assert_uint_eq(graph.location[X].writes.n, 1);
	ck_assert_uint_eq(graph_last_access(&graph, X, 0, 1), 1);
	/* The copy is its own. What the second store knows is thread 0's alone. */
	ck_assert_uint_eq(other.thread[0].n, 2);
	graph_restrict(&other, 0, &graph_event(&other, two)->porf);
	ck_assert_uint_eq(other.thread[0].n, 2);
	ck_assert_uint_eq(other.thread[1].n, 0);
	ck_assert_uint_eq(other.location[X].reads.n, 0);
	graph_fini(&other);
}
END_TEST

START_TEST(a_write_in_the_middle_moves_the_others)
{
	ref one = store(0, X, 1, __ATOMIC_RELAXED);
	ref two = store_at(1, X, 2, __ATOMIC_RELAXED, 0);
	ck_assert_int_eq(graph_mo(&graph, two), 0);
	ck_assert_int_eq(graph_mo(&graph, one), 1);
	graph_unplace(&graph, two);
	ck_assert_int_eq(graph_mo(&graph, one), 0);
}
END_TEST

/* ---- locations ---- */

START_TEST(bytes_of_several_sizes_become_one_location)
{
	bool mixed;
	uint64_t address = 0x2004;
	uint32_t size = 2, part = location_find(&model, address, size, false, &mixed);
	ck_assert_uint_ne(part, NO_LOCATION);
	ck_assert_uint_eq(location_find(&model, 0x2004, 4, false, &mixed), NO_LOCATION);
	ck_assert(mixed);
	ck_assert(shapes_merge(&model, 0x2004, 4));
	locations_widen(&model, &address, &size);
	ck_assert_uint_eq(address, 0x2004);
	ck_assert_uint_eq(size, 4);
	uint32_t whole = location_find(&model, 0x2004, 4, false, &mixed);
	ck_assert(whole != NO_LOCATION && whole != part && !mixed);
	ck_assert_uint_eq(location_lookup(&model, 0x2004, 2), NO_LOCATION);
	shapes_clear(&model);
	ck_assert_uint_eq(location_lookup(&model, 0x2004, 4), NO_LOCATION);
}
END_TEST

START_TEST(what_races_is_known_by_its_bytes)
{
	ck_assert(shapes_promote(&model, 0x3000, 8));
	ck_assert(shapes_promoted(&model, 0x3004, 1));
	ck_assert(!shapes_promoted(&model, 0x3008, 1));
	for (unsigned i = 1; i < PROMOTED_MAX; i++)
		ck_assert(shapes_promote(&model, 0x4000 + i, 1));
	ck_assert(!shapes_promote(&model, 0x9000, 1));
}
END_TEST

/* ---- stories ---- */

static struct explore_step steps[1000];

static void fill(uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		steps[i] = (struct explore_step){ .thread = i % 2, .kind = STEP_STORE, .value = i, .repeat = 1 };
}

START_TEST(a_long_story_loses_its_middle)
{
	uint32_t begin = 0, end = 0;
	fill(1000);
	ck_assert_uint_eq(fold_cut(steps, 1000, 100, &begin, &end), 100);
	ck_assert_uint_eq(steps[24].value, 24);
	ck_assert_uint_eq(steps[25].kind, STEP_LEFT_OUT);
	ck_assert_uint_eq(steps[25].value, 1000 - 99);
	ck_assert_uint_eq(steps[26].value, 1000 - 74);
	ck_assert_uint_eq(steps[99].value, 999);
	/* Again: what was left out before counts. */
	ck_assert_uint_eq(fold_cut(steps, 100, 40, &begin, &end), 40);
	ck_assert_uint_eq(steps[10].kind, STEP_LEFT_OUT);
	ck_assert_uint_eq(steps[10].value, 1000 - 39);
	ck_assert_uint_eq(fold_cut(steps, 40, 40, &begin, &end), 40);
}
END_TEST

/* What the library is called with, in a story. */
static struct explore_step call(const char *name, uint64_t object)
{
	struct explore_step step = { .kind = STEP_LIBRARY, .order = -1, .repeat = 1 };

	step.address = (struct wire_place){ .module = MODULE_OBJECT, .offset = object };
	snprintf(step.note, sizeof(step.note), "%s", name);
	return step;
}

static struct explore_step reads(uint64_t value)
{
	return (struct explore_step){
		.kind = STEP_PLAIN_READ, .flags = STEP_HAS_VALUE | STEP_CONTEXT, .value = value, .repeat = 1
	};
}

/* Three times the same round. Returns how many steps are left. */
static uint32_t fold_three(const struct explore_step *round, uint32_t n)
{
	uint32_t begin = 3 * n, end = 3 * n;

	for (uint32_t i = 0; i < 3 * n; i++)
		steps[i] = round[i % n];
	return fold_spins(steps, 3 * n, &begin, &end);
}

START_TEST(a_round_that_yields_is_told_once)
{
	const struct explore_step yields[] = { reads(0), call("sched_yield", 0) };
	const struct explore_step sleeps[] = { reads(0), call("sleep", 0) };

	ck_assert_uint_eq(fold_three(yields, 2), 2);
	ck_assert_uint_eq(steps[0].repeat, 3);
	ck_assert_uint_eq(steps[1].repeat, 3);
	ck_assert_uint_eq(fold_three(sleeps, 2), 2);
}
END_TEST

START_TEST(a_round_that_locks_and_unlocks_is_told_once)
{
	const struct explore_step round[] = { call("pthread_mutex_lock", 8), reads(0), call("pthread_mutex_unlock", 8),
					      call("sched_yield", 0) };

	ck_assert_uint_eq(fold_three(round, 4), 4);
	ck_assert_uint_eq(steps[3].repeat, 3);
}
END_TEST

START_TEST(a_round_that_keeps_what_it_locks_is_told_each_time)
{
	const struct explore_step another[] = { call("pthread_mutex_lock", 8), reads(0),
						call("pthread_mutex_unlock", 16) };
	const struct explore_step not_unlocked[] = { call("pthread_rwlock_rdlock", 8), reads(0) };
	const struct explore_step wakes[] = { reads(0), call("sem_post", 8) };

	ck_assert_uint_eq(fold_three(another, 3), 9);
	ck_assert_uint_eq(fold_three(not_unlocked, 2), 6);
	ck_assert_uint_eq(fold_three(wakes, 2), 6);
}
END_TEST

START_TEST(rounds_of_different_calls_are_different)
{
	const struct explore_step round[] = { reads(0), call("sched_yield", 0), reads(0), call("sleep", 0) };

	ck_assert_uint_eq(fold_three(round, 4), 4);
}
END_TEST

START_TEST(a_cycle_is_told_whole)
{
	uint32_t begin = 500, end = 1000;
	fill(1000);
	ck_assert_uint_eq(fold_cut(steps, 1000, 100, &begin, &end), 25 + 1 + 500);
	ck_assert_uint_eq(steps[begin].value, 500);
	ck_assert_uint_eq(end - begin, 500);
}
END_TEST

static void add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, acquire_learns_what_release_knew);
	tcase_add_test(tests, relaxed_store_passes_nothing_on);
	tcase_add_test(tests, release_sequences_are_rc11s);
	tcase_add_test(tests, what_an_rmw_has_got_later_stores_do_not_pass_on);
	tcase_add_test(tests, a_read_may_be_stale_but_not_behind_what_is_known);
	tcase_add_test(tests, nothing_comes_between_an_rmw_and_what_it_reads);
	tcase_add_test(tests, more_stores_than_one_load_can_choose_among_are_a_bound);
	tcase_add_test(tests, store_buffering_needs_no_cycle_when_relaxed);
	tcase_add_test(tests, store_buffering_is_a_cycle_of_seq_cst_accesses);
	tcase_add_test(tests, store_buffering_is_a_cycle_of_fences);
	tcase_add_test(tests, acquire_and_release_allow_store_buffering);
	tcase_add_test(tests, a_graph_is_cut_back);
	tcase_add_test(tests, a_write_in_the_middle_moves_the_others);
	tcase_add_test(tests, bytes_of_several_sizes_become_one_location);
	tcase_add_test(tests, what_races_is_known_by_its_bytes);
	tcase_add_test(tests, a_long_story_loses_its_middle);
	tcase_add_test(tests, a_cycle_is_told_whole);
	tcase_add_test(tests, a_round_that_yields_is_told_once);
	tcase_add_test(tests, a_round_that_locks_and_unlocks_is_told_once);
	tcase_add_test(tests, a_round_that_keeps_what_it_locks_is_told_each_time);
	tcase_add_test(tests, rounds_of_different_calls_are_different);
}

int main(void)
{
	return scratch_run("explore", add_tests);
}
