/* Sleeping and waking, and time limits: a mask of who sleeps. */
#include "own.h"

/* More than that would let a loop go on for ever. Where states are recognized, it may. */
static bool may_time_out(void)
{
	if (library_mode.states || library_state.thread[self()].timeouts < LIBRARY_TIMEOUTS_MAX)
		return true;
	call_mark(MARK_NO_TIMEOUT, 0, NULL, NULL);
	return false;
}

#define FAR_SECONDS 3600 /* whose time is over later than that counts on its never being so */

/* How long it is from `from_ms` of the thread's clock. */
static enum deadline deadline_from(uint64_t from_ms, const struct timespec *duration)
{
	if (duration->tv_sec >= FAR_SECONDS)
		return DEADLINE_NEVER;
	if (duration->tv_sec >= 0)
		library_state.thread[self()].until_ms =
		    from_ms + (uint64_t)duration->tv_sec * 1000 + (uint64_t)(duration->tv_nsec + 999999) / 1000000;
	return duration->tv_sec < 0 || (duration->tv_sec == 0 && duration->tv_nsec == 0) ? DEADLINE_PAST
											 : DEADLINE_SOME_TIME;
}

enum deadline deadline_in(const struct timespec *duration)
{
	return duration == NULL ? DEADLINE_NEVER : deadline_from(library_state.thread[self()].looks_ms, duration);
}

enum deadline deadline_at(const struct timespec *until)
{
	struct timespec left;

	if (until == NULL)
		return DEADLINE_NEVER;
	left = (struct timespec){ .tv_sec = until->tv_sec - CLOCK_BEGIN_SECONDS, .tv_nsec = until->tv_nsec };
	return deadline_from(0, &left);
}

/* Who looks at the clock finds that it is. Who never does is where it was before, and known to be. */
static void clock_has_come(void)
{
	uint64_t *now = &library_state.thread[self()].looks_ms;

	if (*now != 0 && *now < library_state.thread[self()].until_ms)
		*now = library_state.thread[self()].until_ms;
}

static void happens(enum said what, uint64_t site)
{
	call_mark(MARK_HAPPENS, site, (const char *)(uintptr_t)what, NULL);
}

bool times_out(enum deadline deadline, uint64_t site)
{
	bool over = deadline == DEADLINE_PAST ||
		    (deadline == DEADLINE_SOME_TIME && may_time_out() && call_choice(2, site, SURPRISE_TIME) == 1);

	if (over && deadline == DEADLINE_SOME_TIME && !library_mode.states)
		library_state.thread[self()].timeouts++;
	if (over && deadline == DEADLINE_SOME_TIME) {
		clock_has_come();
		happens(SAID_ITS_TIME_IS_OVER, site);
	}
	library_state.thread[self()].timed = !over && deadline != DEADLINE_NEVER;
	return over;
}

void waited(void)
{
	library_state.thread[self()].timed = false;
}

/* How a sleep ends, where it may end in more than one way. */
static enum wake choose_wake(enum deadline deadline, uint64_t site)
{
	unsigned *spurious = &library_state.thread[self()].spurious;
	bool may = library_mode.spurious && *spurious < LIBRARY_SPURIOUS_MAX;
	/* Where waking without a reason is switched off, a time limit is one more of these. */
	bool over = deadline != DEADLINE_NEVER && (library_mode.spurious || library_mode.states) && may_time_out();
	uint64_t choice =
	    call_choice(1 + (may ? 1u : 0u) + (over ? 1u : 0u), site, over ? SURPRISE_TIME : SURPRISE_WAKE);

	if (choice == 0) {
		library_state.thread[self()].timed = deadline != DEADLINE_NEVER;
		return WAKE_SIGNAL;
	}
	if (choice == 1 && may) {
		(*spurious)++;
		happens(SAID_WAKES_FOR_NO_REASON, site);
		return WAKE_SPURIOUS;
	}
	if (!library_mode.states)
		library_state.thread[self()].timeouts++;
	clock_has_come();
	happens(SAID_ITS_TIME_IS_OVER, site);
	return WAKE_TIMEOUT;
}

enum wake sleep_on(uint64_t key, enum deadline deadline, uint64_t site)
{
	enum wake wake = choose_wake(deadline, site);

	if (wake == WAKE_SIGNAL)
		call_step(key, RULE_AWAIT_CLEAR, self_bit(), __ATOMIC_ACQUIRE, site, 0);
	else
		call_step(key, RULE_AND, ~self_bit(), __ATOMIC_ACQ_REL, site, 0);
	waited();
	return wake;
}

/* Any n of these who sleep. For the analysis of waiting, the library is first come, first served; a futex (`order`)
 * promises nothing. */
static uint64_t some_of(uint64_t key, uint64_t mask, unsigned n, bool order, uint64_t site)
{
	uint64_t rest = mask;

	for (unsigned woken = 0; woken < n && rest != 0; woken++) {
		uint64_t one = library_mode.first(library_mode.first_context, key, rest);
		if (order || !library_mode.states) {
			uint64_t which = call_choice((uint64_t)__builtin_popcountll(rest), site, SURPRISE_NONE);
			for (one = rest; which > 0; which--)
				one &= one - 1;
		}
		rest &= ~(one & -one);
	}
	return mask & ~rest;
}

int wake_up(uint64_t key, unsigned n, bool order, uint64_t site)
{
	uint64_t mask = call_step(key, RULE_WAKE, n, __ATOMIC_ACQ_REL, site, order);

	while ((unsigned)__builtin_popcountll(mask) > n) {
		uint64_t rest = mask & ~some_of(key, mask, n, order, site);
		if (call_step(key, RULE_COMPARE, rest, __ATOMIC_ACQ_REL, site, mask) == mask)
			return (int)n;
		mask = call_step(key, RULE_WAKE, n, __ATOMIC_ACQ_REL, site, order);
	}
	return __builtin_popcountll(mask);
}

/* Where a thread's sleep on a futex notes which bits do not wake it: 0, any does. A location of the model, for which of
 * its sleeps is meant has to follow from the graph. */
static uint64_t unwoken_key(unsigned thread)
{
	return KEY(&library_state.thread[thread], KEY_VALUE);
}

void sleeps_with(uint32_t bits, uint64_t site)
{
	uint32_t *noted = &library_state.thread[self()].unwoken_by;

	if (*noted != ~bits)
		call_step(unwoken_key(self()), RULE_STORE, ~bits, __ATOMIC_RELAXED, site, 0);
	*noted = ~bits;
}

static uint64_t who_match(uint64_t mask, uint32_t bits, uint64_t site)
{
	uint64_t match = 0;

	for (uint64_t rest = mask; rest != 0; rest &= rest - 1) {
		uint64_t key = unwoken_key((unsigned)__builtin_ctzll(rest));
		if ((~call_step(key, RULE_LOAD, 0, __ATOMIC_RELAXED, site, 0) & bits) != 0)
			match |= rest & -rest;
	}
	return match;
}

int wake_matching(uint64_t key, unsigned n, uint32_t bits, uint64_t site)
{
	for (;;) {
		uint64_t mask = call_step(key, RULE_WAKE, 0, __ATOMIC_ACQ_REL, site, true);
		uint64_t woken = who_match(mask, bits, site);
		if ((unsigned)__builtin_popcountll(woken) > n)
			woken = some_of(key, woken, n, true, site);
		if (woken == 0 || call_step(key, RULE_COMPARE, mask & ~woken, __ATOMIC_ACQ_REL, site, mask) == mask)
			return __builtin_popcountll(woken);
	}
}
