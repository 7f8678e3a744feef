/* Steps that are taken along with the one before.
 *
 * A plain access that races with nothing is independent of all that others do before its thread's next step that they
 * can see: so it may as well be taken at once. That it races with nothing is not believed: each access is compared with
 * what the other threads have touched since their last such step, which nothing orders before it. A word for which that
 * is not so is kept apart from then on, and the states are built anew; so is a step that lets its thread enter, for
 * the game counts when that is. (README.md says why that is all.) */
#include "states.h"

#include <string.h>

#include "hash.h"

void merge_begin(struct apart *apart, bool merges, bool loads)
{
	memset(apart, 0, sizeof *apart);
	apart->merges = merges;
	apart->loads = loads;
}

/* Where the word is, or would be. */
static uint32_t seen_at(const struct words_seen *seen, uint64_t word)
{
	uint32_t at = (uint32_t)(hash_mix(word, 0) % (2 * WORDS_SEEN_MAX));

	while (seen->word[at] != 0 && seen->word[at] != word)
		at = (at + 1) % (2 * WORDS_SEEN_MAX);
	return at;
}

static bool may_be_unwritten(const struct words_seen *seen, uint64_t word)
{
	uint32_t at = seen_at(seen, word);

	return seen->word[at] == word ? !seen->written[at] : seen->n < WORDS_SEEN_MAX;
}

/* Whether the states know it as unwritten, and it is not. */
static bool see(struct words_seen *seen, uint64_t word, bool write)
{
	uint32_t at = seen_at(seen, word);
	bool was_read = seen->word[at] == word && !seen->written[at];

	if (seen->word[at] != word) {
		if (seen->n == WORDS_SEEN_MAX)
			return false;
		seen->word[at] = word;
		seen->n++;
	}
	seen->written[at] = seen->written[at] || write;
	return was_read && write;
}

static uint64_t last_word(const struct action *action)
{
	return (action->address + action->rule.size - 1) >> 3;
}

/* An atomic load of what nobody writes. */
static bool is_load_of_unwritten(const struct apart *apart, const struct action *action)
{
	return apart->loads && !action->rule.plain && !action->rule.library && !rule_writes(&action->rule) &&
	       may_be_unwritten(&apart->seen, action->address >> 3) &&
	       may_be_unwritten(&apart->seen, last_word(action));
}

void merge_start(struct apart *apart)
{
	for (uint32_t t = 0; t < STATES_THREADS_MAX; t++)
		touched_clear(&apart->touched[t]);
}

static bool has(const uint64_t *list, uint32_t n, uint64_t what)
{
	for (uint32_t i = 0; i < n; i++) {
		if (list[i] == what)
			return true;
	}
	return false;
}

/* Where the list is full, nothing is taken along any more. */
static void keep_apart(struct apart *apart, uint64_t *list, uint32_t *n, uint64_t what)
{
	if (has(list, *n, what))
		return;
	if (*n == APART_MAX)
		apart->merges = false;
	else
		list[(*n)++] = what;
	apart->grown = true;
}

static bool words_apart(const struct apart *apart, uint64_t address, uint32_t size)
{
	return has(apart->word, apart->n_words, address >> 3) ||
	       has(apart->word, apart->n_words, (address + size - 1) >> 3);
}

bool merge_is_silent(const struct apart *apart, const struct run_thread *thread)
{
	const struct action *action = &thread->action;

	return apart->merges && action->kind == ACTION_ACCESS &&
	       (action->rule.plain || is_load_of_unwritten(apart, action)) &&
	       !words_apart(apart, action->address, action->rule.size);
}

/* Of so many steps that nobody sees some are a loop's, in which a thread may wait for ever: that it does is seen from
 * its states. */
static void keep_words_apart(struct apart *apart, const struct action *action)
{
	for (uint64_t word = action->address >> 3; word <= last_word(action); word++)
		keep_apart(apart, apart->word, &apart->n_words, word);
}

/* The bytes of the word that the access is to. */
static uint8_t bytes_of(const struct action *action, uint64_t word)
{
	uint64_t begin = action->address, end = begin + action->rule.size;
	unsigned from = begin > word << 3 ? (unsigned)(begin - (word << 3)) : 0;
	unsigned to = end < (word + 1) << 3 ? (unsigned)(end - (word << 3)) : 8;

	return (uint8_t)((1u << to) - (1u << from));
}

static void compare(struct apart *apart, uint32_t t, const struct action *action)
{
	bool write = rule_writes(&action->rule);

	for (uint64_t word = action->address >> 3; word <= last_word(action); word++) {
		for (uint32_t other = 0; other < machine->n_threads; other++) {
			if (other != t && touched_meets(&apart->touched[other], word, bytes_of(action, word), write))
				keep_apart(apart, apart->word, &apart->n_words, word);
		}
	}
}

static void note(struct apart *apart, uint32_t t, const struct action *action)
{
	bool write = rule_writes(&action->rule), room = true;

	if (!apart->merges || action->kind != ACTION_ACCESS)
		return;
	if (!action->rule.library && (write || is_load_of_unwritten(apart, action))) {
		for (uint64_t word = action->address >> 3; word <= last_word(action) && !apart->again; word++)
			apart->grown = see(&apart->seen, word, write) || apart->grown;
		if (!write)
			return;
	}
	if (!action->rule.plain)
		touched_clear(&apart->touched[t]);
	if (action->rule.library || words_apart(apart, action->address, action->rule.size))
		return;
	if (!apart->again)
		compare(apart, t, action);
	for (uint64_t word = action->address >> 3; action->rule.plain && word <= last_word(action) && room; word++)
		room = touched_add(&apart->touched[t], word, bytes_of(action, word), write);
	if (!room) {
		apart->merges = false;
		apart->grown = true;
	}
}

uint64_t merge_hash(const struct apart *apart)
{
	uint64_t h = 0;

	for (uint32_t t = 0; apart->merges && t < machine->n_threads; t++)
		h = hash_mix(h, touched_hash(&apart->touched[t]));
	return h;
}

/* Of a loop's accesses, which are all in the same place of the code, the one. */
static uint64_t access_of(const struct action *action)
{
	return hash_mix(action->pc, action->address);
}

bool merge_goes_on(const struct states *sf, uint32_t t)
{
	const struct run_thread *thread = &machine->thread[t];

	return machine->end == END_NONE && thread->status == THREAD_ASKING && merge_is_silent(&sf->apart, thread) &&
	       !has(sf->apart.access, sf->apart.n_accesses, access_of(&thread->action)) &&
	       !has(sf->apart.access, sf->apart.n_accesses, thread->action.pc);
}

void merge_step(struct states *sf, uint32_t t, uint32_t alternative)
{
	note(&sf->apart, t, &machine->thread[t].action);
	states_move(sf, t, alternative);
}

void merge_along(struct states *sf, uint32_t t)
{
	const struct action *action = &machine->thread[t].action;
	uint64_t access = sf->apart.n_accesses < ACCESSES_APART_MAX ? access_of(action) : action->pc;
	uint16_t entered = sf->entered;

	sf->entered = 0;
	merge_step(sf, t, 0);
	if (sf->entered != 0)
		keep_apart(&sf->apart, sf->apart.access, &sf->apart.n_accesses, access);
	sf->entered |= entered;
}

uint32_t merge_move(struct states *sf, uint32_t t, uint32_t alternative)
{
	uint32_t n = 1;

	merge_step(sf, t, alternative);
	for (; n < SEGMENT_MAX && merge_goes_on(sf, t); n++)
		merge_along(sf, t);
	if (merge_goes_on(sf, t))
		keep_words_apart(&sf->apart, &machine->thread[t].action);
	return n;
}
