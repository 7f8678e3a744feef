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
	       may_be_unwritten(&apart->seen, action->address >> 3) && may_be_unwritten(&apart->seen, last_word(action));
}

void merge_start(struct apart *apart)
{
	for (uint32_t t = 0; t < STATES_THREADS_MAX; t++)
		apart->n_touched[t] = 0;
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

static void compare(struct apart *apart, uint32_t t, const struct touched *this)
{
	for (uint32_t other = 0; other < machine->n_threads; other++) {
		for (uint32_t i = 0; other != t && i < apart->n_touched[other]; i++) {
			const struct touched *that = &apart->touched[other][i];
			if ((!this->write && !that->write) || this->address >= that->address + that->size ||
			    that->address >= this->address + this->size)
				continue;
			for (uint64_t word = this->address >> 3; word <= (this->address + this->size - 1) >> 3; word++)
				keep_apart(apart, apart->word, &apart->n_words, word);
			for (uint64_t word = that->address >> 3; word <= (that->address + that->size - 1) >> 3; word++)
				keep_apart(apart, apart->word, &apart->n_words, word);
		}
	}
}

static void note(struct apart *apart, uint32_t t, const struct action *action)
{
	struct touched this = { .address = action->address,
				.size = action->rule.size,
				.write = rule_writes(&action->rule) };

	if (!apart->merges || action->kind != ACTION_ACCESS)
		return;
	if (!action->rule.library && (this.write || is_load_of_unwritten(apart, action))) {
		for (uint64_t word = action->address >> 3; word <= last_word(action); word++)
			apart->grown = see(&apart->seen, word, this.write) || apart->grown;
		if (!this.write)
			return;
	}
	if (!action->rule.plain)
		apart->n_touched[t] = 0;
	if (action->rule.library || words_apart(apart, this.address, this.size))
		return;
	compare(apart, t, &this);
	if (!action->rule.plain)
		return;
	for (uint32_t i = 0; i < apart->n_touched[t]; i++) {
		const struct touched *that = &apart->touched[t][i];
		if (that->address == this.address && that->size == this.size && that->write == this.write)
			return;
	}
	if (apart->n_touched[t] == SEGMENT_MAX) {
		apart->merges = false;
		apart->grown = true;
		return;
	}
	apart->touched[t][apart->n_touched[t]++] = this;
}

uint64_t merge_hash(const struct apart *apart)
{
	uint64_t h = 0;

	for (uint32_t t = 0; apart->merges && t < machine->n_threads; t++) {
		uint64_t sum = 0;
		for (uint32_t i = 0; i < apart->n_touched[t]; i++) {
			const struct touched *touched = &apart->touched[t][i];
			sum += hash_mix(touched->address, touched->size << 1 | touched->write);
		}
		h = hash_mix(h, sum);
	}
	return h;
}

bool merge_goes_on(const struct states *sf, uint32_t t)
{
	const struct run_thread *thread = &machine->thread[t];

	return machine->end == END_NONE && thread->status == THREAD_ASKING && merge_is_silent(&sf->apart, thread) &&
	       !has(sf->apart.site, sf->apart.n_sites, thread->action.pc);
}

void merge_step(struct states *sf, uint32_t t, uint32_t alternative)
{
	note(&sf->apart, t, &machine->thread[t].action);
	states_move(sf, t, alternative);
}

void merge_along(struct states *sf, uint32_t t)
{
	uint64_t site = machine->thread[t].action.pc;
	uint16_t entered = sf->entered;

	sf->entered = 0;
	merge_step(sf, t, 0);
	if (sf->entered != 0)
		keep_apart(&sf->apart, sf->apart.site, &sf->apart.n_sites, site);
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
