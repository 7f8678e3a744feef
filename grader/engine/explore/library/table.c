/* All calls that are modelled. */
#include "own.h"

#include <stdlib.h>
#include <string.h>

extern CALLS(instrumented);
extern CALLS(block);
extern CALLS(bytes);
extern CALLS(mutex);
extern CALLS(condition);
extern CALLS(semaphore);
extern CALLS(rwlock);
extern CALLS(other);
extern CALLS(c11);
extern CALLS(futex);
extern CALLS(specific);
extern CALLS(clock);
extern CALLS(cxx);
extern CALLS(end);

static const struct redirection *const groups[] = { instrumented_calls, block_calls,     bytes_calls,    mutex_calls,
						    condition_calls,    semaphore_calls, rwlock_calls,   other_calls,
						    c11_calls,          futex_calls,     specific_calls, clock_calls,
						    cxx_calls,          end_calls };

#define CALLS_MAX 512u
static struct redirection table[CALLS_MAX]; /* sorted by name */

struct library_mode library_mode;

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct redirection *)a)->name, ((const struct redirection *)b)->name);
}

struct redirect_policy library_policy(void)
{
	size_t n = 0;

	for (size_t group = 0; group < sizeof groups / sizeof *groups; group++) {
		for (const struct redirection *call = groups[group]; call->name != NULL; call++) {
			if (n == CALLS_MAX) /* a mistake of ours: no plugin has a part in it */
				abort();
			table[n++] = *call;
		}
	}
	qsort(table, n, sizeof *table, compare_names);
	return (
	    struct redirect_policy){ .table = table, .n = n, .is_harmless = is_harmless, .is_of_thread = is_of_thread };
}

static bool is_unknown_or_of_thread(const char *name)
{
	return !is_harmless(name) || is_of_thread(name);
}

struct redirect_policy library_trusting(struct redirect_policy policy)
{
	policy.is_harmless = NULL;
	policy.is_of_thread = is_unknown_or_of_thread;
	return policy;
}
